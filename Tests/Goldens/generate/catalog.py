"""Every metric of the catalogue on one small cohort, by scikit-learn, statsmodels, calzone and NumPy. usage: catalog.py > ../catalog.json"""
import importlib.metadata, json
import calzone, numpy as np, sklearn, statsmodels, statsmodels.api as sm
from calzone.metrics import spiegelhalter_z_test
from sklearn.metrics import (accuracy_score, average_precision_score, balanced_accuracy_score, brier_score_loss, class_likelihood_ratios, confusion_matrix,
                             f1_score, matthews_corrcoef, precision_score, recall_score, roc_auc_score, roc_curve)

rng = np.random.default_rng(20261121)
y = (np.arange(120) < 45).astype(int)
s = np.round(1 / (1 + np.exp(-(rng.normal(size=120) + 1.6 * y - 1.0))), 4)
d = (s >= 0.5).astype(int)
tn, fp, fn, tp = (int(v) for v in confusion_matrix(y, d).ravel())
lr_positive, lr_negative = class_likelihood_ratios(y, d)
logit = np.log(s / (1 - s))
slope = sm.GLM(y, sm.add_constant(logit), family=sm.families.Binomial()).fit(tol=1e-14, maxiter=200)
intercept = sm.GLM(y, np.ones(120), family=sm.families.Binomial(), offset=logit).fit(tol=1e-14, maxiter=200)
bins = np.minimum((s * 10).astype(int), 9)
ece = sum(abs((y - s)[bins == b].sum()) for b in range(10)) / 120

def mean_absolute_deviation(p):
    mass = np.array([1.0])
    for q in p:
        mass = np.convolve(mass, [1 - q, q])
    return float((mass * np.abs(np.arange(len(mass)) - p.sum())).sum())

null = sum(mean_absolute_deviation(s[bins == b]) for b in range(10)) / 120
o = y.mean()
fpr, tpr, _ = roc_curve(y, s, drop_intermediate=False)

def highest(at, x, y):
    """On straight lines between the corners of a curve; the highest where it is upright."""
    x, y = np.round(x, 12), np.asarray(y)
    top = np.unique(x)
    if (x == round(at, 12)).any():
        return y[x == round(at, 12)].max()
    low, high = top[top < at].max(), top[top > at].min()
    return np.interp(at, [low, high], [y[x == low].max(), y[x == high].min()])


def tenths(p):
    ends, order = [0], np.sort(p)
    for tenth in range(1, 11):
        end = max(ends[-1], len(p) * tenth // 10)
        while ends[-1] < end < len(p) and order[end] == order[end - 1]:
            end += 1
        ends += [end] if end > ends[-1] else []
    place = np.argsort(p, kind="stable")
    return [place[a:b] for a, b in zip(ends, ends[1:])]

groups = tenths(s)
# calzone's clips observed shares of 0 and 1.
hosmer_lemeshow = sum((y[g].sum() - s[g].sum()) ** 2 / (s[g].sum() * (1 - s[g].mean())) for g in groups)

def harrell(x, share=(.05, .275, .5, .725, .95)):
    t = np.quantile(x, share)
    cube = lambda v: np.maximum(v, 0) ** 3
    return np.column_stack([np.ones(len(x)), x] + [
        (cube(x - t[j]) - cube(x - t[-2]) * (t[-1] - t[j]) / (t[-1] - t[-2]) + cube(x - t[-1]) * (t[-2] - t[j]) / (t[-1] - t[-2]))
        / (t[-1] - t[0]) ** 2 for j in range(len(t) - 2)])

smooth = sm.GLM(y, harrell(logit), family=sm.families.Binomial()).fit(tol=1e-15, maxiter=200)
distance = abs(s - smooth.fittedvalues)
values = {
    "sensitivity": recall_score(y, d), "specificity": recall_score(y, d, pos_label=0), "false_positive_rate": fp / (fp + tn),
    "false_negative_rate": fn / (fn + tp), "ppv": precision_score(y, d), "npv": precision_score(y, d, pos_label=0),
    "accuracy": accuracy_score(y, d), "balanced_accuracy": balanced_accuracy_score(y, d), "prevalence": o, "flag_rate": d.mean(),
    "lr_positive": lr_positive, "lr_negative": lr_negative, "diagnostic_odds_ratio": tp * tn / (fp * fn),
    "youden": balanced_accuracy_score(y, d, adjusted=True), "f1": f1_score(y, d), "mcc": matthews_corrcoef(y, d),
    "auc": roc_auc_score(y, s), "partial_auc": roc_auc_score(y, s, max_fpr=0.1), "average_precision": average_precision_score(y, s),
    "sensitivity_at_specificity": highest(0.1, fpr, tpr), "specificity_at_sensitivity": highest(0.1, 1 - tpr, 1 - fpr),
    "number_needed_to_predict": 1 / (tp / (tp + fp) + tn / (tn + fn) - 1), "net_benefit": (tp - fp) / 120, "brier": brier_score_loss(y, s), "brier_scaled": 1 - brier_score_loss(y, s) / (o * (1 - o)),
    "calibration_intercept": intercept.params[0], "calibration_slope": slope.params[1], "observed_expected": y.sum() / s.sum(),
    "ece": ece, "ece_excess": ece - null, "failure_rate": 0.0,
    "spiegelhalter_z": spiegelhalter_z_test(y, np.column_stack([1 - s, s]))[0], "hosmer_lemeshow": hosmer_lemeshow,
    "ici": distance.mean(), "e50": np.median(distance), "e90": np.quantile(distance, .9), "emax": distance.max(),
}
print(json.dumps({"versions": {"calzone": importlib.metadata.version("calzone-tool"), "numpy": np.__version__, "scikit-learn": sklearn.__version__, "statsmodels": statsmodels.__version__},
                  "label": y.tolist(), "score": s.tolist(), "values": {k: float(v) for k, v in values.items()}}, indent=0))
