"""Upper tails of the range of k standard normal variables by adaptive quadrature (R's ptukey keeps six digits). usage: studentized_range.py > ../studentized_range.json"""
import json
import scipy
from scipy import integrate
from scipy.stats import norm

def tail(q, k):
    inside = lambda z: k * norm.pdf(z) * (norm.cdf(z) - norm.cdf(z - q)) ** (k - 1)
    return 1 - integrate.quad(inside, -9, 9, epsabs=1e-14, epsrel=1e-14, limit=1000, points=[0, q / 2])[0]

print(json.dumps({"versions": {"scipy": scipy.__version__},
                  "tails": [{"q": q, "groups": k, "p": tail(q, k)} for q in (0.5, 2, 3.5, 5) for k in (2, 3, 5, 12, 40)]}, indent=1))
