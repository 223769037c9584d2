"""Newcombe's method 5 (2006) for an area under the curve, its equations solved by SciPy. usage: newcombe_area.py > ../newcombe_area.json"""
import json
import scipy
from scipy.optimize import brentq
from scipy.stats import norm

def interval(auc, m, n, tail):
    z = norm.isf(tail)
    def distance(theta):
        half = (m + n) / 2 - 1
        return (auc - theta) ** 2 - z * z * theta * (1 - theta) * (1 + half * ((1 - theta) / (2 - theta) + theta / (1 + theta))) / (m * n)
    tiny = 1e-300
    return [brentq(distance, tiny, auc, xtol=1e-15, rtol=1e-14) if auc > 0 else 0.0,
            brentq(distance, auc, 1 - 1e-16, xtol=1e-15, rtol=1e-14) if auc < 1 else 1.0]

cases = [{"auc": a, "positives": m, "negatives": n, "tail": t, "limits": interval(a, m, n, t)}
         for a in (0.02, 0.3, 0.5, 0.731368563685637, 0.9, 0.95, 0.995) for m, n in ((20, 200), (51, 58), (200, 20), (7.5, 30.25)) for t in (0.025, 0.005)]
print(json.dumps({"versions": {"scipy": scipy.__version__}, "cases": cases}, indent=0))
