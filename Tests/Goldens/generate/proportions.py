"""Intervals of proportions and their differences by statsmodels. usage: proportions.py > ../proportions.json"""
import json, statsmodels
from statsmodels.stats.proportion import proportion_confint, confint_proportions_2indep
pairs = [(0, 1), (1, 1), (0, 10), (1, 10), (5, 10), (8, 8), (10, 10), (3, 37), (17, 41), (44, 51), (168, 169), (99, 100),
         (0, 1000), (1, 1000), (950, 1000), (16600, 20000)]
out = {"versions": {"statsmodels": statsmodels.__version__}, "single": [], "difference": []}
for k, n in pairs:
    for alpha in (0.05, 0.10, 0.01):
        row = {"successes": k, "trials": n, "tail": alpha / 2}
        for name, method in (("wilson", "wilson"), ("clopper-pearson", "beta"), ("jeffreys", "jeffreys"), ("agresti-coull", "agresti_coull")):
            row[name] = [float(v) for v in proportion_confint(k, n, alpha=alpha, method=method)]
        out["single"].append(row)
for a, b in zip(pairs, pairs[1:] + pairs[:1]):
    out["difference"].append({"first": a, "second": b, "tail": 0.025,
                              "newcombe": [float(v) for v in confint_proportions_2indep(*a, *b, method="newcomb", compare="diff")]})
print(json.dumps(out, indent=0))
