"""Likelihood of counts at sites whose two logits are bivariate normal: SciPy dblquad of the definition. usage: sites_integral.py > ../sites_integral.json"""
import json
import numpy as np, scipy
from scipy.integrate import dblquad
from scipy.stats import binom
from scipy.special import expit

def site(tp, n1, tn, n0, mean, triangle):
    a, b, c = triangle
    def f(z2, z1):
        p1, p2 = expit(mean[0] + a * z1), expit(mean[1] + b * z1 + c * z2)
        return binom.pmf(tp, n1, p1) * binom.pmf(tn, n0, p2) * np.exp(-(z1 * z1 + z2 * z2) / 2) / (2 * np.pi)
    grid = np.linspace(-9, 9, 13)
    return sum(dblquad(f, lo, hi, l, h, epsabs=0, epsrel=1e-11)[0] for lo, hi in zip(grid, grid[1:]) for l, h in [(-9, -3), (-3, 0), (0, 3), (3, 9)])

out = []
for counts, mean, triangle in [
    ([(8, 10, 20, 25), (3, 4, 9, 9), (0, 0, 14, 17)], (1.2, 2.0), (.7, -.4, .5)),
    ([(90, 100, 70, 120), (6, 6, 0, 2)], (1.8, .9), (.3, .9, .2)),
    ([(1, 5, 2, 3)], (0.5, -.2), (1.5, .5, 1.0))]:
    out.append({"counts": counts, "mean": mean, "triangle": triangle, "loglik": float(sum(np.log(site(*c, mean, triangle)) for c in counts))})
print(json.dumps({"versions": {"scipy": scipy.__version__, "numpy": np.__version__}, "integrals": out}))
