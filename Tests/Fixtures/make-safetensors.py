#!/usr/bin/env python3
"""Makes safetensors/*.safetensors with the reference implementation, to be equalled byte for byte.

Metadata has one key at most: the reference writes several in no fixed order.
Run: python3 make-safetensors.py
"""
import os

import numpy as np
from safetensors.numpy import save

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "safetensors")
os.makedirs(here, exist_ok=True)


def write(name, tensors, metadata=None):
    with open(os.path.join(here, name + ".safetensors"), "wb") as file:
        file.write(save(tensors, metadata))


types = ["bool", "u1", "i1", "u2", "i2", "f2", "u4", "i4", "f4", "u8", "i8", "f8", "c8"]
write("types", {f"of {type}": np.arange(3).astype(type) for type in types})
write("ties", {name: np.arange(4, dtype="f4") + place for place, name in enumerate(
    ["b", "a", "10", "9", "Z", "é", "aa", "", "a.b", "ﬀ", "😀", 'quo"te', "back\\slash", "tab\tline\nreturn\r",
     "bell\x07 back\x08 feed\x0c delete\x7f", "slash/"])})
write("shapes", {
    "scalar": np.array(1.5, "f4"), "none": np.zeros((0,), "f4"), "no rows": np.zeros((3, 0, 2), "u1"),
    "one": np.ones((1, 1, 1), "u1"), "cube": np.arange(24, dtype="i2").reshape(2, 3, 4)})
write("metadata", {"w": np.arange(3, dtype="u1")}, {"format": "pt"})
write("metadata-only", {}, {"a key": 'a "value"\n'})
write("nothing", {})
for length in range(8):
    write(f"padding-{length}", {"x" * (length + 1): np.arange(length, dtype="u1")})
