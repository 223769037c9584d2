"""Confidence sequences by sums in NumPy, performance without labels by weights in scikit-learn. usage: monitoring.py > ../monitoring.json"""
import json
import numpy as np
import sklearn
from sklearn.metrics import accuracy_score, precision_score, recall_score, roc_auc_score

rng = np.random.default_rng(20261121)

def sequence(x, alpha):
    t = np.arange(1, len(x) + 1)
    mean = (.5 + np.cumsum(x)) / (t + 1)
    spread = (.25 + np.cumsum((x - mean) ** 2)) / (t + 1)
    last_mean, last_spread = np.concatenate([[.5], mean[:-1]]), np.concatenate([[.25], spread[:-1]])
    bet = np.minimum(np.sqrt(2 * np.log(2 / alpha) / (last_spread * t * np.log(1 + t))), .5)
    psi = (-np.log(1 - bet) - bet) / 4
    centre = np.cumsum(bet * x) / np.cumsum(bet)
    reach = (np.log(2 / alpha) + np.cumsum(4 * (x - last_mean) ** 2 * psi)) / np.cumsum(bet)
    return np.maximum.accumulate(np.maximum(centre - reach, 0)), np.minimum.accumulate(np.minimum(centre + reach, 1))

sequences = []
for x, alpha in ((rng.binomial(1, .9, size=300).astype(float), .05), (rng.beta(2, 5, size=300), .01), (np.ones(120), .05)):
    low, high = sequence(x, alpha)
    at = [0, 9, 49, len(x) - 1]
    sequences.append({"alpha": alpha, "values": x.tolist(), "at": at, "lower": low[at].tolist(), "upper": high[at].tolist()})

estimates = []
for n, digits in ((200, 1), (500, 6)):
    p = rng.beta(.7, 2, size=n)
    s = np.round(p, digits)
    flag = s >= .3
    y, w, f, ss = np.r_[np.ones(n), np.zeros(n)], np.r_[p, 1 - p], np.r_[flag, flag], np.r_[s, s]
    estimates.append({"p": p.tolist(), "s": s.tolist(), "flag": flag.astype(int).tolist(), "auc": roc_auc_score(y, ss, sample_weight=w),
                      "sensitivity": recall_score(y, f, sample_weight=w), "specificity": recall_score(y, f, sample_weight=w, pos_label=0),
                      "ppv": precision_score(y, f, sample_weight=w), "npv": precision_score(y, f, sample_weight=w, pos_label=0),
                      "accuracy": accuracy_score(y, f, sample_weight=w)})
print(json.dumps({"versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__}, "sequences": sequences, "estimates": estimates}))
