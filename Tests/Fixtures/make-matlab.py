#!/usr/bin/env python3
"""Makes matlab/: the data set of conversions.json as MATLAB files of version 5, and files to refuse.

Run with NumPy and SciPy, after make-conversions.py: python3 make-matlab.py
"""
import json
import os
import struct

import numpy as np
import scipy.io
import scipy.sparse

here = os.path.dirname(os.path.abspath(__file__))
folder = os.path.join(here, "matlab")
os.makedirs(folder, exist_ok=True)
with open(os.path.join(here, "conversions.json")) as file:
    figures = json.load(file)
pixels = np.array(figures["pixels"], np.uint8).reshape(6, 4, 4)
labels = np.array(figures["labels"])


def write(name, variables, **settings):
    path = os.path.join(folder, f"{name}.mat")
    scipy.io.savemat(path, variables, **settings)
    # The text of the header tells the time.
    with open(path, "r+b") as file:
        file.write(b"MATLAB 5.0 MAT-file".ljust(116))


for compressed in [False, True]:
    suffix = "-compressed" if compressed else ""
    last = np.moveaxis(pixels, 0, -1)
    write("last" + suffix, {"images": last, "labels": labels.reshape(-1, 1)}, do_compression=compressed)
    write("first" + suffix, {"images": pixels, "labels": labels.astype(np.float64)}, do_compression=compressed)
    write("rows" + suffix, {"x": pixels.reshape(6, 16).astype(np.float64), "y": labels}, do_compression=compressed)
write("columns", {"X": pixels.reshape(6, 16).T, "y": labels.reshape(-1, 1).astype(np.int64)})
write("one-hot", {"images": np.moveaxis(pixels, 0, -1), "labels": np.eye(10)[labels]})
write("parts", {"train_x": pixels[:4], "train_y": labels[:4], "test_x": pixels, "test_y": labels})
write("named", {"images": np.moveaxis(pixels, 0, -1), "labels": labels.reshape(-1, 1),
                "classes": np.array(["zero", "one", "two", "three", "four", "five", "six", "a seven", "eight", "nine"])})

# SVHN's: red, green and blue of the same value; 10 stands for 0.
colours = np.repeat(np.moveaxis(pixels, 0, -1)[:, :, None, :], 3, axis=2)
digits = np.array([10, 1, 2, 3, 4, 10], np.uint8)
write("svhn", {"X": colours, "y": digits.reshape(-1, 1)}, do_compression=True)

# EMNIST's: pictures column by column, letters from 1.
letters = np.array([[1, 65, 97], [2, 66, 98], [3, 67, 99]], np.uint8)
own = np.array([1, 2, 3, 3, 2, 1], np.float64).reshape(-1, 1)
turned = pixels.transpose(0, 2, 1).reshape(6, 16)
part = {"images": turned, "labels": own, "writers": np.arange(6.0).reshape(-1, 1)}
for compressed in [False, True]:
    dataset = {"train": part, "test": {name: values[:3] for name, values in part.items()}, "mapping": letters}
    write("emnist" + ("-compressed" if compressed else ""), {"dataset": dataset}, do_compression=compressed)

# To refuse.
write("refuse-sparse", {"images": scipy.sparse.csc_matrix(pixels.reshape(6, 16).astype(float))})
write("refuse-cells", {"words": np.array(["a", "bc"], object), "s": {"note": "text"}})
write("refuse-complex", {"images": pixels.reshape(6, 16) * 1j})


def big(kind, contents):
    return struct.pack(">II", kind, len(contents)) + contents + bytes(-len(contents) % 8)


def matrix(name, values, kind, storage):
    body = big(6, struct.pack(">II", kind, 0)) + big(5, struct.pack(">2i", *values.shape)) + big(1, name.encode())
    return big(14, body + big(storage, values.astype(values.dtype.newbyteorder(">")).tobytes("F")))


with open(os.path.join(folder, "big-endian.mat"), "wb") as file:
    file.write(b"MATLAB 5.0 MAT-file".ljust(116) + bytes(8) + b"\x01\x00MI")
    # Doubles that are stored as 16-bit integers, as MATLAB does it.
    file.write(matrix("images", pixels.reshape(6, 16).astype(np.int16), 6, 3))
    file.write(matrix("labels", labels.reshape(6, 1).astype(np.float64), 6, 9))
