"""Converts digits with Python's own means and tells the seconds, start-up left out: peer_convert.py WAY FROM TO."""

import csv
import gzip
import io
import json
import pathlib
import sys
import time


def csv_in_numpy(source, target):
    import numpy as np

    rows = np.loadtxt(source, np.uint8, delimiter=",", skiprows=1)
    np.savez(target, images=rows[:, 1:].reshape(-1, 28, 28), labels=rows[:, 0])


def csv_in_csv(source, target):
    with open(source, newline="") as file:
        rows = csv.reader(file)
        next(rows)
        data = b"".join(bytes(map(int, row)) for row in rows)
    pathlib.Path(target).write_bytes(data)


def csv_out_numpy(source, target):
    import numpy as np

    data = np.load(source)
    rows = np.column_stack([data["labels"], data["images"].reshape(len(data["labels"]), -1)])
    header = ",".join(["label"] + [f"pixel{place}" for place in range(784)])
    np.savetxt(target, rows, "%d", ",", header=header, comments="")


def csv_out_csv(source, target):
    import numpy as np

    data = np.load(source)
    rows = np.column_stack([data["labels"], data["images"].reshape(len(data["labels"]), -1)])
    with open(target, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["label"] + [f"pixel{place}" for place in range(784)])
        writer.writerows(rows.tolist())


def png_in_pillow(source, target):
    import numpy as np
    from PIL import Image

    paths = sorted(pathlib.Path(source).rglob("*.png"), key=lambda path: path.name)
    images = np.stack([np.asarray(Image.open(path)) for path in paths])
    np.savez(target, images=images, labels=np.array([int(path.parent.name) for path in paths], np.uint8))


def png_out_pillow(source, target):
    import numpy as np
    from PIL import Image

    data = np.load(source)
    folder = pathlib.Path(target)
    for label in set(data["labels"].tolist()):
        (folder / str(label)).mkdir(parents=True, exist_ok=True)
    images = data["images"]
    for place, label in enumerate(data["labels"].tolist()):
        Image.fromarray(images[place]).save(folder / str(label) / f"{place:05}.png")


def parquet_in_pyarrow(source, target):
    import numpy as np
    import pyarrow.parquet
    from PIL import Image

    table = pyarrow.parquet.read_table(source)
    files = table.column("image").combine_chunks().field("bytes")
    images = np.stack([np.asarray(Image.open(io.BytesIO(file.as_py()))) for file in files])
    np.savez(target, images=images, labels=table.column("label").to_numpy().astype(np.uint8))


def parquet_out_pyarrow(source, target):
    import numpy as np
    import pyarrow
    import pyarrow.parquet
    from PIL import Image

    data = np.load(source)
    pictures = []
    for image in data["images"]:
        file = io.BytesIO()
        Image.fromarray(image).save(file, "PNG")
        pictures.append({"bytes": file.getvalue(), "path": None})
    structure = pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())])
    columns = {"image": pyarrow.array(pictures, structure), "label": data["labels"].astype(np.int64)}
    pyarrow.parquet.write_table(pyarrow.table(columns), target)


def gzip_in_numpy(source, target):
    import numpy as np

    with gzip.open(source) as file:
        images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 28, 28)
    np.save(target, images)


def main():
    way, source, target = sys.argv[1:]
    start = time.perf_counter()
    globals()[way](source, target)
    print(json.dumps({"seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main()
