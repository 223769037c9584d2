"""Paired shares: SciPy and statsmodels, the likelihood maximised anew at each difference. usage: paired.py > ../paired.json"""
import json
import numpy as np
import scipy
import statsmodels
from scipy.optimize import brentq
from scipy.stats import binom, norm
from statsmodels.stats.contingency_tables import mcnemar

def tango(a, b, c, d, tail):
    n = a + b + c + d
    z = norm.isf(tail)
    def score(delta):
        low, high = max(0.0, -delta), (1 - delta) / 2
        def slope(q):
            return ((b / (q + delta) if b else 0) + (c / q if c else 0) - (2 * (a + d) / (1 - 2 * q - delta) if a + d else 0))
        eps = 1e-15
        l, h = low + eps, high - eps
        q = low if slope(l) <= 0 else high if slope(h) >= 0 else brentq(slope, l, h, xtol=1e-16, rtol=1e-15)
        variance = n * (2 * q + delta * (1 - delta))
        return (b - c - n * delta) / np.sqrt(variance) if variance > 0 else np.inf * np.sign(b - c - n * delta)
    estimate = (b - c) / n
    edge = 1 - 1e-9
    lower = -1.0 if b - c == -n else brentq(lambda x: score(x) - z, -edge, estimate - 1e-13, xtol=1e-15, rtol=1e-14)
    upper = 1.0 if b - c == n else brentq(lambda x: score(x) + z, estimate + 1e-13, edge, xtol=1e-15, rtol=1e-14)
    return [lower, upper]

def wilson(x, n, z):
    p = x / n
    centre, half = p + z * z / (2 * n), z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n)

def newcombe(a, b, c, d, tail):
    n, z = a + b + c + d, norm.isf(tail)
    p, q = (a + b) / n, (a + c) / n
    (l1, u1), (l2, u2) = wilson(a + b, n, z), wilson(a + c, n, z)
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    top = a * d - b * c
    top = max(top - n / 2, 0) if top > 0 else top
    phi = top / np.sqrt(margins) if margins else 0
    low = np.sqrt((p - l1) ** 2 - 2 * phi * (p - l1) * (u2 - q) + (u2 - q) ** 2)
    high = np.sqrt((q - l2) ** 2 - 2 * phi * (q - l2) * (u1 - p) + (u1 - p) ** 2)
    return [p - q - low, p - q + high]

def mid_p(b, c):
    n, k = b + c, min(b, c)
    if n == 0:
        return 1.0
    one_sided = sum(binom.pmf(i, n, .5) for i in range(k)) + binom.pmf(k, n, .5) / 2
    return 2 * one_sided if b != c else 1 - binom.pmf(k, n, .5) / 2

tables = [(1, 1, 7, 12), (59, 6, 16, 80), (43, 0, 1, 0), (36, 12, 2, 0), (0, 5, 5, 0), (80, 0, 0, 20), (400, 30, 55, 515), (0, 12, 0, 0), (3, 4, 0, 2), (9000, 3, 1, 996)]
out = [{"table": t, "tail": tail, "tango": tango(*t, tail), "newcombe": newcombe(*t, tail),
        "exact": float(mcnemar([[t[0], t[1]], [t[2], t[3]]], exact=True).pvalue) if t[1] + t[2] else 1.0, "midp": float(mid_p(t[1], t[2]))}
       for t in tables for tail in (0.025, 0.005)]
print(json.dumps({"versions": {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__}, "pairs": out}, indent=0))
