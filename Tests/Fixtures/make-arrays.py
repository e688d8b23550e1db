#!/usr/bin/env python3
"""Makes arrays/: the data set of conversions.json, and pictures in colours, in the less usual arrays that people have.

arrays.json holds the grey of colours.npy, told by its formula.
Run with NumPy 2 and safetensors and PyTorch: python3 make-arrays.py
"""
import collections
import json
import os
import pickle

import numpy as np
import torch
from safetensors.torch import save_file

here = os.path.dirname(os.path.abspath(__file__))
folder = os.path.join(here, "arrays")
os.makedirs(folder, exist_ok=True)


def path(name):
    return os.path.join(folder, name)


with open(os.path.join(here, "conversions.json")) as file:
    known = json.load(file)
pixels = np.array(known["pixels"], np.uint8).reshape(6, 4, 4)
labels = np.array(known["labels"], np.uint8)

# Pixels by way of smaller types and of products.
np.save(path("f2.npy"), pixels.astype("f2"))
np.save(path("f2-big-endian-over-255.npy"), (pixels / 255).astype(">f2"))
np.save(path("f2-reckoned-over-255.npy"), pixels.astype("f2") / np.float16(255))
np.save(path("f4-product.npy"), pixels.astype("f4") * np.float32(1 / 255))
np.save(path("f8-of-f4.npy"), (pixels.astype("f4") / np.float32(255)).astype("f8"))
np.save(path("f4-of-f2.npy"), (pixels / 255).astype("f2").astype("f4"))
np.save(path("f2-over-256.npy"), (pixels / 256).astype("f2"))
np.save(path("f2-features.npy"), np.array([[0.5, -2], [np.float16(1) / 3, 6e-8]], "f2"))
np.save(path("columns.npy"), pixels.reshape(6, 16, 1))
np.save(path("channel-of-rows.npy"), pixels.reshape(6, 1, 16))
for kind in (torch.float16, torch.bfloat16):
    name = str(kind).removeprefix("torch.")
    tensors = {"images": torch.tensor(pixels).to(kind) / 255, "labels": torch.tensor(labels).to(kind)}
    save_file(tensors, path(f"{name}.safetensors"))

# Pictures in colours: greys that are no halves, so that rounding them is no matter of the last bit.
random = np.random.RandomState(7)
colors = random.randint(0, 256, (6, 4, 4, 3))
weighed = (colors * [299, 587, 114]).sum(-1)
colors[np.abs(weighed % 1000 - 500) < 20] = 90
grey = np.round((colors * [299, 587, 114]).sum(-1) / 1000).astype(int)
colors = colors.astype(np.uint8)
with open(os.path.join(here, "arrays.json"), "w") as file:
    json.dump({"grey": grey.ravel().tolist()}, file)
np.save(path("colors-last.npy"), colors)
np.save(path("colors-first.npy"), colors.transpose(0, 3, 1, 2).copy())
np.save(path("colors-f4.npy"), colors.astype("f4") / np.float32(255))
opaque = np.full((6, 4, 4, 1), 255, np.uint8)
np.save(path("colors-alpha.npy"), np.concatenate([colors, opaque], -1))
np.save(path("refuse-colors.npy"), colors - 127.25)

# Labels.
words = np.array("zero one two three four five six seven eight nine".split())[labels]
for name, array in {
    "column": labels[:, None].astype("i8"), "row": labels[None], "one-hot": np.eye(10, dtype="f2")[labels],
    "text": labels.astype("U1"), "wide-text": labels.astype(">U3"), "bytes": labels.astype("S2"), "words": words,
}.items():
    np.save(path(f"labels-{name}.npy"), array)

# Names, and none.
np.savez(path("turned.npz"), labels, pixels)
np.savez(path("labels.npz"), labels)
np.savez(path("bunch.npz"), data=pixels.reshape(6, 16), images=pixels, target=labels, target_names=np.arange(10))
for name, (images, answers) in {"joined": ("Xtrain", "ytrain"), "turned-names": ("trainX", "trainY")}.items():
    others = {images.replace("train", "test"): pixels[:2], answers.replace("train", "test"): labels[:2]}
    np.savez(path(f"{name}.npz"), **{images: pixels, answers: labels}, **others)

# What pickles hold beside arrays of numbers.
for name, value in {
    "scalars": ([row for row in pixels], list(labels.astype("i8"))),
    "float-scalars": ([list(row) for row in pixels.reshape(6, 16) / np.float32(255)], list(labels.astype("f4"))),
    "text-scalars": (pixels, list(labels.astype("U1"))),
    "texts": (pixels, [str(label) for label in labels]),
    "text-array": (pixels, labels.astype("U1")),
    "bytes-array": (pixels, labels.astype("S1")),
    "object-texts": (pixels, np.array([str(label) for label in labels], object)),
    "object-numbers": (pixels.astype(object), labels.astype(object)),
    "pairs": [(picture.reshape(16, 1) / 256, int(label)) for picture, label in zip(pixels, labels)],
    "ordered": collections.OrderedDict([("images", pixels), ("labels", labels)]),
    "turned": (labels, pixels),
}.items():
    for protocol in (0, 2, 5):
        with open(path(f"{name}-{protocol}.pkl"), "wb") as file:
            pickle.dump(value, file, protocol)
for name, value in {"no-labels": (pixels, None), "pictures": list(pixels), "labels": labels}.items():
    with open(path(f"{name}.pkl"), "wb") as file:
        pickle.dump(value, file, 4)
cycle = [1, 2]
cycle.append(cycle)
objects = np.empty(3, object)
objects[:] = cycle
with open(path("refuse-cycle.pkl"), "wb") as file:
    pickle.dump((pixels, objects), file, 2)
