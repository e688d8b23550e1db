#!/usr/bin/env python3
"""Makes measures.json: scikit-learn's measures of some answers, and their calibration, one class never being given and one never being true.

Run: python3 make-measures.py
"""
import json
import os

import numpy as np
from sklearn.metrics import accuracy_score, confusion_matrix, log_loss, precision_recall_fscore_support

here = os.path.dirname(os.path.abspath(__file__))
random = np.random.RandomState(8)
logits = np.float32(random.randn(60, 5) * 2)
logits[:, 3] = -9
labels = random.choice([0, 1, 3, 4], 60)
logits[np.arange(60), labels] += 1
powers = np.exp(logits.astype("f8"))
probabilities = powers / powers.sum(axis=1, keepdims=True)
given = logits.argmax(axis=1)
assert 3 not in given and 2 not in labels and 2 in given
precision, recall, f1, _ = precision_recall_fscore_support(labels, given, labels=range(5), zero_division=0)
# As the authors of "On Calibration of Modern Neural Networks" compute it, github.com/gpleiss/temperature_scaling.
confidences, hits = probabilities.max(axis=1), given == labels
bounds = np.linspace(0, 1, 16)
bins, calibration_error = [], 0.0
for lower, upper in zip(bounds[:-1], bounds[1:]):
    inside = (confidences > lower) & (confidences <= upper)
    bins.append([int(inside.sum()), int(hits[inside].sum()), float(confidences[inside].sum())])
    if inside.any():
        calibration_error += abs(confidences[inside].mean() - hits[inside].mean()) * inside.mean()
wrong = np.nonzero(given != labels)[0]
out = {
    "logits": logits.astype("f8").tolist(), "labels": labels.tolist(),
    "accuracy": accuracy_score(labels, given), "loss": log_loss(labels, probabilities, labels=range(5)),
    "calibration_error": calibration_error, "calibration": bins,
    "confusion": confusion_matrix(labels, given, labels=range(5)).tolist(),
    "precision": precision.tolist(), "recall": recall.tolist(), "f1": f1.tolist(),
    "errors": [[int(i), int(labels[i]), int(given[i]), float(probabilities[i, given[i]])] for i in wrong],
}
with open(os.path.join(here, "measures.json"), "w") as file:
    json.dump(out, file, separators=(",", ":"))
    file.write("\n")
