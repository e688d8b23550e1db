#!/usr/bin/env python3
"""Makes parquet/: the data set of conversions.json as Parquet, in the settings that matter, and files to refuse.

Run with pyarrow and Pillow, after make-conversions.py: python3 make-parquet.py
"""
import io
import itertools
import json
import os

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

here = os.path.dirname(os.path.abspath(__file__))
folder = os.path.join(here, "parquet")
os.makedirs(folder, exist_ok=True)
with open(os.path.join(here, "conversions.json")) as file:
    figures = json.load(file)
pixels = np.array(figures["pixels"], np.uint8).reshape(6, 4, 4)
labels = np.array(figures["labels"], np.int64)
flat = pixels.reshape(6, 16)


def write(name, columns, metadata=None, **settings):
    table = pa.table(columns).replace_schema_metadata(metadata)
    pq.write_table(table, os.path.join(folder, f"{name}.parquet"), **settings)


def png(picture):
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    return file.getvalue()


structure = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
pictures = pa.array([{"bytes": png(picture), "path": None} for picture in pixels], structure)

# Hugging Face's layout.
for codec, version, dictionary in itertools.product(["none", "snappy", "gzip"], ["1.0", "2.0"], [False, True]):
    write(
        f"pictures-{codec}-{version[0]}-{'dictionary' if dictionary else 'plain'}", {"image": pictures, "label": labels},
        compression=codec, data_page_version=version, use_dictionary=dictionary, row_group_size=4, data_page_size=100,
        write_page_checksum=dictionary)
names = ["zero", "one", "two", "three", "four", "five", "six", "a seven", "eight", "nine"]
features = {"image": {"_type": "Image"}, "label": {"names": names, "_type": "ClassLabel"}}
write("names", {"image": pictures, "label": labels}, {"huggingface": json.dumps({"info": {"features": features}})})
write("no-labels", {"image": pictures, "label": np.full(6, -1)})
write("bare", {"id": np.arange(6), "png": pa.array([png(picture) for picture in pixels], pa.binary()), "digit": labels})

# A column for each number, in several types.
types = [pa.int64(), pa.uint8(), pa.int32(), pa.uint16(), pa.float32(), pa.float64(), pa.float16(), pa.uint64()]
for codec, version in itertools.product(["none", "snappy"], ["1.0", "2.0"]):
    columns = {
        f"pixel{index + 1}": pa.array(flat[:, index].astype(types[index % 8].to_pandas_dtype()), types[index % 8])
        for index in range(16)
    }
    columns["class"] = pa.array([str(label) for label in labels]).dictionary_encode()
    write(f"columns-{codec}-{version[0]}", columns, compression=codec, data_page_version=version, row_group_size=5)
write("shares", {f"p{index}": (flat[:, index] / 255).astype(np.float32) for index in range(16)} | {"label": labels})
write("booleans", {f"p{index}": flat[:, index] > 99 for index in range(16)}, data_page_version="2.0")
write("features", {"width": [1.5, 2, 300], "height": [-1, 0.25, 4], "kind": ["b", "a", "b"]})
# Long runs and copies of many lengths.
long = np.arange(3000) // 7 % 256
write("long", {"a": long, "b": long[::-1], "c": (long * 31) % 256, "d": long // 250, "label": np.arange(3000) // 300})

# To refuse.
write("refuse-zstd", {"image": pictures, "label": labels}, compression="zstd")
write("refuse-no-label", {"image": pictures, "label": pa.array([1, 2, None, 4, 5, 6])})
write("refuse-lists", {"p": pa.array([[1, 2], [3], [], [4], [5], [6]]), "label": labels})
write("refuse-text", {"word": ["a"] * 6, "other": ["b"] * 6})
write("refuse-two", {"image": pictures, "mask": pictures, "label": labels})
write("refuse-delta", {"p": flat[:, 0].astype(np.int64), "label": labels}, use_dictionary=False,
      column_encoding={"p": "DELTA_BINARY_PACKED", "label": "PLAIN"})
write("refuse-no-png", {"image": pa.array([b"not a picture"], pa.binary()), "label": [1]})
write("refuse-infinite", {"p": [1, np.nan, 2], "q": [1, 1, 1e300], "label": [0, 1, 2]})
write("refuse-empty", {"image": pa.array([], pa.binary()), "label": pa.array([], pa.int64())})
