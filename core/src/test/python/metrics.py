"""Metrics over a few hundred samples, counted in three batches."""
import re

import golden
import keras
import numpy as np
from keras import metrics

N = 300
results = {}


def predictions(classes, logits):
    x = golden.numbers(7, (N, classes)) * np.float32(2)
    if logits:
        return x
    p = np.abs(x) / 2
    return p if classes == 1 else p / p.sum(axis=1, keepdims=True)


def case(name, metric, classes, sparse=False, logits=False):
    p = predictions(classes, logits).astype("float32")
    # Right about as often as wrong, and not at random: the label follows another prediction now and then.
    label = (np.arange(N) * 7 % 11 < 6).astype(int) * (p[:, 0] > (0 if logits else 0.4)) if classes == 1 \
        else np.where(np.arange(N) % 3 == 0, p.argmax(axis=1), np.arange(N) % classes)
    y = label[:, None] if classes == 1 or sparse else np.eye(classes)[label]
    for part in np.array_split(np.arange(N), 3):
        metric.update_state(y[part].astype("float32"), p[part])
    results[name] = {"classes": classes, "logits": logits, "predictions": golden.plain(p), "labels": label.tolist(),
                     "result": np.asarray(metric.result()).tolist(), "name": re.sub(r"_\d+$", "", metric.name)}


def main():
    case("binary accuracy", metrics.BinaryAccuracy(), 1)
    case("binary accuracy logits", metrics.BinaryAccuracy(threshold=0.0), 1, logits=True)
    case("binary accuracy of many", metrics.BinaryAccuracy(threshold=0.3), 3)
    case("categorical accuracy", metrics.CategoricalAccuracy(), 4)
    case("sparse accuracy", metrics.SparseCategoricalAccuracy(), 4, sparse=True)
    case("top 2", metrics.TopKCategoricalAccuracy(k=2), 4)
    case("sparse top 3", metrics.SparseTopKCategoricalAccuracy(k=3), 5, sparse=True)
    case("auc", metrics.AUC(), 1)
    case("auc of many", metrics.AUC(), 3)
    case("auc logits", metrics.AUC(from_logits=True), 1, logits=True)
    case("auc 10 minoring", metrics.AUC(num_thresholds=10, summation_method="minoring"), 1)
    case("auc majoring", metrics.AUC(summation_method="majoring"), 1)
    case("pr", metrics.AUC(curve="PR"), 1)
    case("pr minoring", metrics.AUC(curve="PR", summation_method="minoring"), 3)
    case("precision", metrics.Precision(), 1)
    case("precision of many", metrics.Precision(thresholds=0.3), 3)
    case("precision of class", metrics.Precision(class_id=1, thresholds=0.3), 3)
    case("recall", metrics.Recall(), 1)
    case("recall of many", metrics.Recall(thresholds=0.3), 3)
    case("recall of class", metrics.Recall(class_id=2, thresholds=0.25), 3)
    case("f1 macro", metrics.F1Score(average="macro"), 4)
    case("f1 micro", metrics.F1Score(average="micro", threshold=0.3), 4)
    case("f1 weighted", metrics.F1Score(average="weighted"), 4)
    case("f1 binary", metrics.F1Score(average="macro", threshold=0.5), 1)
    case("f2", metrics.FBetaScore(average="macro", beta=2.0, threshold=0.25), 3)
    golden.write("metrics.json", results)


main()
