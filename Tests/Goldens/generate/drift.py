"""Distances between samples: SciPy, and all ways to deal labels for ties. usage: drift.py > ../drift.json"""
import json
from itertools import combinations
import numpy as np
import scipy
from scipy.spatial.distance import jensenshannon
from scipy.stats import chi2, chi2_contingency, cramervonmises_2samp, ks_2samp, kstwobign, wasserstein_distance

rng = np.random.default_rng(20261121)

def cdf_gap(x, y):
    z = np.sort(np.concatenate([x, y]))
    return np.array([np.mean(x <= v) - np.mean(y <= v) for v in z])

def sample(x, y):
    n, m = len(x), len(y)
    k, c = ks_2samp(x, y, method="exact"), cramervonmises_2samp(x, y, method="asymptotic")
    return {"x": x.tolist(), "y": y.tolist(), "ks": float(k.statistic), "exact": float(k.pvalue), "limit": float(kstwobign.sf(k.statistic * np.sqrt(n * m / (n + m)))),
            "cvm": float(c.statistic * (n + m) / (n * m)), "cvm_p": float(c.pvalue), "wasserstein": float(wasserstein_distance(x, y))}

def tied(x, y):
    z, n = np.concatenate([x, y]), len(x)
    def distances(index):
        mask = np.zeros(len(z), bool); mask[list(index)] = True
        a, b = z[mask], z[~mask]
        gap = cdf_gap(a, b)
        return [np.max(np.abs(gap)), np.mean(gap ** 2), wasserstein_distance(a, b)]
    own = np.array(distances(range(n)))
    all_ways = np.array([distances(i) for i in combinations(range(len(z)), n)])
    return {"x": x.tolist(), "y": y.tolist(), "distances": own.tolist(), "p": np.mean(all_ways >= own * (1 - 1e-12), axis=0).tolist()}

def bins(r, c):
    r, c = np.array(r), np.array(c)
    extra = .5 if (r == 0).any() or (c == 0).any() else 0
    p, q = (r + extra) / (r + extra).sum(), (c + extra) / (c + extra).sum()
    test = chi2_contingency(np.array([r, c]), correction=False)
    psi = float(np.sum((q - p) * np.log(q / p)))
    return {"reference": r.tolist(), "current": c.tolist(), "psi": psi, "psi_p": float(chi2.sf(psi / (1 / r.sum() + 1 / c.sum()), len(r) - 1)),
            "js": float(jensenshannon(r, c, base=2)), "chi2": float(test.statistic), "p": float(test.pvalue)}

out = {"samples": [sample(rng.normal(size=n), rng.normal(d, s, size=m)) for n, m, d, s in [(20, 20, 0, 1), (35, 50, .3, 1), (200, 77, .1, 1.4), (9, 400, 1.5, 1), (150, 150, .9, 1)]],
       "tied": [tied(rng.integers(0, 4, size=n).astype(float), rng.integers(0, 5, size=m).astype(float)) for n, m in [(6, 7), (5, 9), (8, 8)]],
       "bins": [bins(*b) for b in [([100, 120, 90, 80], [80, 130, 60, 95]), ([1000, 2000, 3000], [480, 1020, 1500]), ([5, 0, 12, 3], [9, 4, 2, 1]), ([30] * 10, [25, 40, 31, 22, 30, 28, 35, 39, 21, 29])]]}
print(json.dumps({"versions": {"scipy": scipy.__version__, "numpy": np.__version__}, **out}))
