"""Mean run lengths of charts of failures: their chains, written out and solved by NumPy. usage: charts_binary.py > ../charts_binary.json"""
import json
import numpy as np

def bernoulli(k, h, p):
    q = np.zeros((h, h))
    for i in range(h):
        q[i, max(i - 1, 0)] += 1 - p
        if i + k - 1 < h:
            q[i, i + k - 1] += p
    return float(np.linalg.solve(np.eye(h) - q, np.ones(h))[0])

def adjusted(keep, find, limit, odds, risks, states):
    grid = np.linspace(0, limit, states)
    q = np.zeros((states, states))
    hat = np.eye(states)
    for p in risks:
        fail = odds * p / (1 - p + odds * p)
        base = np.log((1 - p + keep * p) / (1 - p + find * p))
        for step, chance in ((base + np.log(find / keep), fail), (base, 1 - fail)):
            to = np.maximum(grid + step, 0)
            stays = to <= limit
            for j in range(states):
                q[stays, j] += chance / len(risks) * np.interp(to[stays], grid, hat[j])
    return float(np.linalg.solve(np.eye(states) - q, np.ones(states))[0])

rng = np.random.default_rng(20261121)
risks = np.round(rng.beta(2, 8, size=60), 4).clip(.005, .95).tolist()
out = {"bernoulli": [{"steps": k, "limit": h, "rate": p, "arl": bernoulli(k, h, p)} for k, h, p in [(10, 30, .05), (10, 30, .2), (25, 100, .02), (7, 6, .03), (40, 200, .01), (2, 9, .3)]],
       "risks": risks, "adjusted": [{"keeping": a, "finding": b, "limit": h, "odds": o, "states": s, "arl": adjusted(a, b, h, o, risks, s)}
                                    for a, b, h, o, s in [(1, 2, 2.5, 1, 100), (1, 2, 2.5, 2, 100), (1, .5, 3, 1, 150), (1, 1.5, 1.8, 1.2, 80)]]}
print(json.dumps({"versions": {"numpy": np.__version__}, **out}))
