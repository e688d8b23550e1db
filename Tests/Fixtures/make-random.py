#!/usr/bin/env python3
"""Makes random.json: what NumPy's RandomState draws, and the networks that are drawn from it.

Run: python3 make-random.py
"""
import json
import os

import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
BOUNDS = [1, 2, 9, 100, 255, 256, 65535, 2**31, 2**32 - 2, 2**32 - 1, 0]


def stream(seed):
    """One stream, drawn in this order: an odd number of normal deviates leaves a spare that comes out later."""
    random = np.random.RandomState(seed)
    out = {"seed": seed, "rand": random.rand(5).tolist(), "randn": random.randn(7).tolist()}
    out["rand_between"] = random.rand(2).tolist()
    out["randn_rest"] = random.randn(4).tolist()
    shuffled = [f"{chr(97 + place)}" for place in range(13)]
    random.shuffle(shuffled)
    out["shuffled"] = "".join(shuffled)
    out["permutation"] = random.permutation(30).tolist()
    # Drawn by masking and rejection from 32-bit words, up to the bound inclusive.
    out["integers"] = [[int(random.randint(0, bound + 1, dtype=np.int64)) for _ in range(3)] for bound in BOUNDS]
    # Far enough for the state to be renewed more than once.
    out["rand_1000_later"] = float(random.rand(1000)[-1])
    return out


def weights(method, dimensions, seed):
    random = np.random.RandomState(seed)
    deviation = {
        "he": lambda inputs, outputs: np.sqrt(2 / inputs),
        "xavier": lambda inputs, outputs: np.sqrt(2 / (inputs + outputs)),
        "normal 0.1": lambda inputs, outputs: 0.1,
    }[method]
    return [
        (deviation(inputs, outputs) * random.randn(outputs, inputs)).ravel().tolist()
        for inputs, outputs in zip(dimensions, dimensions[1:])
    ]


out = {
    "bounds": BOUNDS,
    "streams": [stream(seed) for seed in [0, 1, 2, 42, 2**32 - 1]],
    "dimensions": [7, 5, 3],
    "networks": [
        {"method": method, "seed": seed, "weights": weights(method, [7, 5, 3], seed)}
        for method in ["he", "xavier", "normal 0.1"] for seed in [2, 7]
    ],
}
with open(os.path.join(here, "random.json"), "w") as file:
    json.dump(out, file, separators=(",", ":"))
    file.write("\n")
