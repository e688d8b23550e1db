#!/usr/bin/env python3
"""Makes conversions/: one small data set in the forms that others write, and files to refuse.

Six pictures of 4 x 4 pixels with labels; conversions.json says what they are.
Run with NumPy 2, Pillow and scikit-learn: python3 make-conversions.py
"""
import csv
import json
import os
import zipfile

import numpy as np
from PIL import Image
from sklearn.datasets import dump_svmlight_file

here = os.path.dirname(os.path.abspath(__file__))
folder = os.path.join(here, "conversions")
os.makedirs(folder, exist_ok=True)


def path(name):
    full = os.path.join(folder, name)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    return full


random = np.random.RandomState(5)
pixels = random.randint(0, 256, (6, 4, 4)).astype(np.uint8)
pixels[random.rand(6, 4, 4) < 0.5] = 0
pixels[0, 3, 3] = 77
labels = np.array([7, 0, 9, 7, 1, 4], np.uint8)
flat = pixels.reshape(6, 16)

with open(os.path.join(here, "conversions.json"), "w") as file:
    json.dump({"pixels": flat.ravel().tolist(), "labels": labels.tolist()}, file)

# NumPy's own form, in types, orders and versions.
np.save(path("u1.npy"), pixels)
np.save(path("flat.npy"), flat)
np.save(path("channel.npy"), pixels[..., None])
np.save(path("f4-over-255.npy"), (pixels / 255).astype(np.float32))
np.save(path("f8-fortran.npy"), np.asfortranarray(pixels.astype(np.float64)))
np.save(path("i4-big-endian.npy"), pixels.astype(">i4"))
np.save(path("i8-labels.npy"), labels.astype(np.int64))
np.save(path("one-hot-labels.npy"), np.eye(10)[labels])
np.save(path("two-hot-labels.npy"), np.eye(10)[labels] + np.eye(10)[2])
for version in (2, 3):
    with open(path(f"version-{version}.npy"), "wb") as file:
        np.lib.format.write_array(file, pixels, (version, 0))
np.save(path("refuse-objects.npy"), labels.astype(object), allow_pickle=True)
np.save(path("refuse-complex.npy"), pixels.astype(np.complex64))

# Archives: Keras' names, names that tell, names that don't.
half = {"x_train": pixels[:3], "y_train": labels[:3], "x_test": pixels[3:], "y_test": labels[3:]}
np.savez_compressed(path("keras.npz"), **half)
np.savez(path("stored.npz"), images=pixels, labels=labels)
np.savez(path("positional.npz"), pixels, labels)
np.savez(path("strange.npz"), ink=pixels, meaning=labels, weather=labels)
with zipfile.ZipFile(path("zip64.npz"), "w", zipfile.ZIP_DEFLATED) as archive:
    for name, array in (("images", pixels), ("labels", labels)):
        with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w", force_zip64=True) as entry:
            np.lib.format.write_array(entry, array)
with zipfile.ZipFile(path("refuse-text.npz"), "w") as archive:
    archive.writestr("readme.txt", "no arrays")

# LIBSVM, by scikit-learn.
X, y = flat.astype(np.float64), labels.astype(np.float64)
for base in (0, 1):
    dump_svmlight_file(X, y, path(f"from-{base}.svm"), zero_based=not base)
dump_svmlight_file(X, y, path("comments.svm"), zero_based=False, comment="a comment", query_id=[1, 1, 1, 2, 2, 2])
dump_svmlight_file(X / 7, [-1, 1, -1, 1, 1, 1], path("features.svm"), zero_based=False)

# Tables.
names = [f"pixel{place}" for place in range(16)]
rows = [[label, *row] for label, row in zip(labels.tolist(), flat.tolist())]


def table(name, header, rows, **options):
    with open(path(name), "w", newline="") as file:
        writer = csv.writer(file, **{"lineterminator": "\n", **options})
        writer.writerows(([header] if header else []) + rows)


table("kaggle.csv", ["label", *names], rows)
table("headerless.csv", None, rows)
table("unlabelled.csv", names, [row[1:] for row in rows])
table("square.csv", None, [row[1:] for row in rows])
table("last.tsv", [*names, "digit"], [row[1:] + row[:1] for row in rows], dialect="excel-tab")
table("quoted.csv", ["label", *names], rows, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
table("words.csv", ["class", *names], [[words[row[0]], *row[1:]] for row in rows], delimiter=";")

# Pictures, by Pillow.
for place, (picture, label) in enumerate(zip(pixels, labels)):
    image = Image.fromarray(picture, "L")
    for name in (f"classes/{label}/{place}.png", f"names/{label}_{place}.png", f"list/{place}.png"):
        image.save(path(name))
with open(path("list/labels.tsv"), "w") as file:
    file.writelines(f"{place}.png\t{label}\n" for place, label in enumerate(labels))
sheet = np.zeros((8, 16), np.uint8)
for place, picture in enumerate(pixels):
    sheet[place // 4 * 4 : place // 4 * 4 + 4, place % 4 * 4 : place % 4 * 4 + 4] = picture
Image.fromarray(sheet, "L").save(path("sheet.png"))
