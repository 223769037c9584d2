"""Fleiss' kappa of the readers in readers.json, by statsmodels. usage: readers_fleiss.py > ../readers_fleiss.json"""
import json, os
import numpy as np, statsmodels
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

readers = json.load(open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "readers.json")))["readers"]
values = [fleiss_kappa(aggregate_raters(np.array(r["codes"]), n_cat=r["categories"])[0], method="fleiss") for r in readers]
print(json.dumps({"versions": {"statsmodels": statsmodels.__version__}, "fleiss": values}, indent=0))
