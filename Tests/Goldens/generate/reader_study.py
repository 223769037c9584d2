"""Obuchowski and Rockette with Hillis' degrees of freedom, areas pair by pair, cases left out one by one. usage: reader_study.py > ../reader_study.json"""
import json
import numpy as np
import scipy
from scipy.stats import f as fisher, t as student

rng = np.random.default_rng(20261121)

def area(score, truth):
    p, n = score[truth][:, None], score[~truth][None, :]
    return np.mean((p > n) + .5 * (p == n))

def analyse(scores, truth):
    T, R, N = scores.shape
    A = np.array([[area(scores[i, j], truth) for j in range(R)] for i in range(T)])
    left = np.array([[[area(np.delete(scores[i, j], k), np.delete(truth, k)) for k in range(N)] for j in range(R)] for i in range(T)])
    dev = left - left.mean(axis=2, keepdims=True)
    cov = lambda i, j, k, l: (N - 1) / N * np.sum(dev[i, j] * dev[k, l])
    pick = lambda test: np.mean([cov(i, j, k, l) for i in range(T) for j in range(R) for k in range(T) for l in range(R) if test(i == k, j == l)])
    var, cov1 = pick(lambda t, r: t and r), pick(lambda t, r: not t and r)
    cov2, cov3 = pick(lambda t, r: t and not r), pick(lambda t, r: not t and not r)
    grand, ti, rj = A.mean(), A.mean(axis=1), A.mean(axis=0)
    mst = R * np.sum((ti - grand) ** 2) / (T - 1)
    mstr = np.sum((A - ti[:, None] - rj[None, :] + grand) ** 2) / ((T - 1) * (R - 1))
    denominator = mstr + max(R * (cov2 - cov3), 0)
    F, ddf = mst / denominator, denominator ** 2 / (mstr ** 2 / ((T - 1) * (R - 1)))
    se, d = np.sqrt(2 / R * denominator), ti[0] - ti[1]
    q = student.ppf(.975, ddf)
    return {"areas": A.tolist(), "variance": var, "cov1": cov1, "cov2": cov2, "cov3": cov3, "f": F, "ddf": ddf, "p": fisher.sf(F, T - 1, ddf),
            "difference": d, "se": se, "lower": d - q * se, "upper": d + q * se}

def study(T, R, N, rho):
    truth = np.arange(N) < N // 3
    case = rng.normal(size=N)
    scores = np.array([[np.round(2 * (truth * (1 + .25 * i + .1 * rng.normal()) + rho * case + np.sqrt(1 - rho ** 2) * rng.normal(size=N))) / 2
                        for _ in range(R)] for i in range(T)])
    return {"truth": truth.astype(int).tolist(), "scores": scores.tolist(), **analyse(scores, truth)}

print(json.dumps({"versions": {"numpy": np.__version__, "scipy": scipy.__version__},
                  "studies": [study(2, 5, 45, .7), study(3, 4, 36, .5), study(2, 3, 30, .0)]}))
