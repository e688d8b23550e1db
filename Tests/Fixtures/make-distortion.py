#!/usr/bin/env python3
"""Makes distortion.json: a picture through affine maps, and figures of a smooth random field, both by SciPy.

A map takes the pixel (column, row) of the new picture to its source, as nn-train's distortions do; SciPy counts rows
before columns. The field is that of Simard, Steinkraus and Platt (2003): uniform numbers of -1 to 1, smoothed by a
Gaussian of width sigma, times alpha. Its figures are the variance, and the correlation of pixels at distances of 0, 2,
4 ... pixels along a row.
Run: python3 make-distortion.py
"""
import json
import math
import os

import numpy as np
from scipy import ndimage

here = os.path.dirname(os.path.abspath(__file__))
random = np.random.RandomState(16)
rows, columns = 21, 19
picture = random.randint(0, 256, (rows, columns))
# Strokes rather than noise only: half of it is empty.
picture[random.rand(rows, columns) < 0.5] = 0


def turned(degrees, shift):
    """The map that turns by an angle about the middle, then moves by a shift (x, y), backwards."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    across, down = (cosine, -sine), (sine, cosine)
    middle = ((columns - 1) / 2, (rows - 1) / 2)
    origin = [middle[i] - across[i] * (middle[0] + shift[0]) - down[i] * (middle[1] + shift[1]) for i in range(2)]
    return origin, across, down


maps = [turned(0, (0, 0)), turned(0, (3, -2)), turned(0, (0.25, 1.5)), turned(15, (0, 0)), turned(-40, (1.3, 0.7))]
maps += [turned(90, (0, 0)), ([-30.5, 2.0], (1.7, 0.1), (-0.4, 0.6)), ([5.0, -400.0], (1.0, 0.0), (0.0, 30.0))]
cases = []
for origin, across, down in maps:
    matrix = [[down[1], across[1]], [down[0], across[0]]]
    result = ndimage.affine_transform(
        picture.astype(float), matrix, offset=(origin[1], origin[0]), order=1, mode="grid-constant", cval=0)
    cases.append({
        "origin": list(origin), "across": list(across), "down": list(down),
        "result": [round(float(v), 3) for v in result.ravel()],
    })

fields = []
for sigma, alpha in [(6, 36), (4, 34), (1.5, 5)]:
    field = ndimage.gaussian_filter(random.uniform(-1, 1, (3000, 3000)), sigma, mode="wrap") * alpha
    variance = float((field * field).mean())
    fields.append({
        "sigma": sigma, "alpha": alpha, "variance": round(variance, 4),
        "correlation": [
            round(float((field * np.roll(field, distance, axis=1)).mean()) / variance, 4) for distance in range(0, 11, 2)
        ],
    })

with open(os.path.join(here, "distortion.json"), "w") as file:
    figures = {"rows": rows, "columns": columns, "picture": picture.ravel().tolist(), "maps": cases, "fields": fields}
    json.dump(figures, file, separators=(",", ":"))
    file.write("\n")
