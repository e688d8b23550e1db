#!/usr/bin/env python3
"""Makes resize.json: grey pictures resized by Pillow.

Shrinking takes the mean of the area that each pixel covers. Pillow's BOX does that for whole factors; for others the
picture is first repeated to a multiple of its new size.
Run: python3 make-resize.py
"""
import json
import os

import numpy as np
from PIL import Image

here = os.path.dirname(os.path.abspath(__file__))
random = np.random.RandomState(6)


def shrunk(pixels, width, height):
    repeated = pixels.repeat(height, axis=0).repeat(width, axis=1)
    return np.array(Image.fromarray(repeated).resize((width, height), Image.Resampling.BOX))


def enlarged(pixels, width, height):
    return np.array(Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR))


cases = []
for size, target, resize in [
    ((40, 30), (20, 15), shrunk), ((36, 20), (9, 4), shrunk), ((30, 21), (20, 14), shrunk), ((23, 17), (9, 16), shrunk),
    ((13, 31), (13, 7), shrunk), ((50, 9), (1, 1), shrunk), ((7, 5), (20, 14), enlarged), ((1, 3), (4, 9), enlarged),
    ((2, 2), (5, 3), enlarged),
]:
    pixels = random.randint(0, 256, size[::-1])
    result = resize(np.float32(pixels / 255), *target)
    if resize is shrunk and size[0] % target[0] == size[1] % target[1] == 0:
        # Repeating changes nothing where the factor is whole.
        direct = Image.fromarray(np.float32(pixels / 255)).resize(target, Image.Resampling.BOX)
        assert np.abs(np.array(direct) - result).max() < 1e-6
    cases.append({
        "width": size[0], "height": size[1], "pixels": pixels.ravel().tolist(),
        "new_width": target[0], "new_height": target[1], "result": [round(float(v), 7) for v in result.ravel()],
    })
with open(os.path.join(here, "resize.json"), "w") as file:
    json.dump(cases, file, separators=(",", ":"))
    file.write("\n")
