"""Average precision, net benefit and score intervals of two proportions by scikit-learn, dcurves, statsmodels and search. usage: utility.py > ../utility.json"""
import importlib.metadata as metadata, json
import dcurves, numpy as np, pandas as pd
from scipy.optimize import brentq
from scipy.stats import norm
from sklearn.metrics import average_precision_score
from statsmodels.stats.proportion import confint_proportions_2indep

rng = np.random.default_rng(20261121)
thresholds = [0.05, 0.1, 0.2, 0.35, 0.5, 0.8]
sets = []
for m, n, digits in [(5, 6, 4), (12, 40, 1), (30, 30, 2), (80, 200, 1), (40, 300, 4)]:
    y = np.r_[np.ones(m, int), np.zeros(n, int)]
    s = np.round(1 / (1 + np.exp(-(rng.normal(size=m + n) + 1.5 * y - 1))), digits).clip(0.01, 0.99)
    # dcurves flags above the threshold, we flag at it: the nearest score below makes both the same.
    table = dcurves.dca(data=pd.DataFrame({"y": y, "s": np.nextafter(s, 1)}), outcome="y", modelnames=["s"], thresholds=thresholds)
    curve = {name: group.set_index("threshold")["net_benefit"] for name, group in table.groupby("model")}
    sets.append({"label": y.tolist(), "score": s.tolist(), "average_precision": average_precision_score(y, s),
                 "net_benefit": [float(curve["s"][t]) for t in thresholds], "treat_all": [float(curve["all"][t]) for t in thresholds]})
pairs = [(45, 50, 40, 50), (10, 20, 3, 25), (99, 100, 90, 100), (7, 15, 5, 12), (180, 200, 30, 40), (1, 30, 4, 20), (19, 20, 15, 20), (2, 40, 9, 60)]
def difference(x1, n1, x2, n2):
    """Miettinen and Nurminen by search: statsmodels' closed form of the restricted estimate leaves the likelihood's maximum."""
    def distance(d):
        slope = lambda p: x1 / (p + d) - (n1 - x1) / (1 - p - d) + x2 / p - (n2 - x2) / (1 - p)
        p = brentq(slope, max(0, -d) + 1e-13, min(1, 1 - d) - 1e-13, xtol=1e-15, maxiter=500)
        return (x1 / n1 - x2 / n2 - d) / np.sqrt(((p + d) * (1 - p - d) / n1 + p * (1 - p) / n2) * (n1 + n2) / (n1 + n2 - 1))
    z, d = norm.ppf(0.975), x1 / n1 - x2 / n2
    return [brentq(lambda t: distance(t) - z, -1 + 1e-9, d, xtol=1e-14), brentq(lambda t: distance(t) + z, d, 1 - 1e-9, xtol=1e-14)]
score = [{"counts": list(p), "difference": difference(*p),
          "ratio": [float(v) for v in confint_proportions_2indep(*p, compare="ratio", method="score", correction=False)]} for p in pairs]
print(json.dumps({"versions": {k: metadata.version(k) for k in ("dcurves", "numpy", "scikit-learn", "scipy", "statsmodels")}, "thresholds": thresholds, "sets": sets, "score": score}, indent=0))
