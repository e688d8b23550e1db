#!/usr/bin/env python3
"""Makes calibration.json: logits with labels drawn so that the best temperature isn't 1, and what SciPy finds for it.

Run: python3 make-calibration.py
"""
import json
import os

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax

here = os.path.dirname(os.path.abspath(__file__))
random = np.random.RandomState(5)
cases = []
for sureness, shift in [(3, 0), (0.25, 0), (8, 300)]:
    honest = random.randn(80, 4) * 1.5
    labels = [int(random.choice(4, p=p)) for p in softmax(honest, axis=1)]
    logits = np.float32(honest * sureness + shift).astype("f8")

    def loss(temperature):
        return -log_softmax(logits / temperature, axis=1)[np.arange(80), labels].mean()

    best = minimize_scalar(lambda power: loss(np.exp(power)), bounds=(-4, 4), method="bounded", options={"xatol": 1e-9})
    cases.append({
        "logits": logits.ravel().tolist(), "labels": labels, "temperature": float(np.exp(best.x)), "loss": best.fun,
        "before": loss(1),
    })
with open(os.path.join(here, "calibration.json"), "w") as file:
    json.dump(cases, file, separators=(",", ":"))
    file.write("\n")
