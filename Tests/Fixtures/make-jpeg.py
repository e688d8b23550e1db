#!/usr/bin/env python3
"""Makes jpeg.safetensors: JPEG files, each with the pixels that Pillow decodes.

For a picture NAME there are the tensors `NAME/file`, the bytes, and `NAME/pixels`, height x width for grey pictures
and height x width x 3 for others, turned upright as Pillow's exif_transpose does.
Run: python3 make-jpeg.py
"""
import io
import os
import struct

import numpy as np
from PIL import Image, ImageDraw, ImageOps
from safetensors.numpy import save_file

here = os.path.dirname(os.path.abspath(__file__))
random = np.random.RandomState(5)


def drawing(width, height, mode="RGB"):
    """Strokes over a gradient with noise."""
    y, x = np.mgrid[:height, :width]
    base = np.stack([x * 255 // width, y * 255 // height, (x + y) * 255 // (width + height)], axis=2)
    base = np.clip(base + random.randint(-9, 10, base.shape), 0, 255).astype("u1")
    picture = Image.fromarray(base, "RGB")
    ImageDraw.Draw(picture).line([(width // 5, height // 6), (width // 2, height // 2), (width // 4, height - 2)],
                                 fill=(20, 40, 200), width=3)
    return picture.convert(mode)


def encode(picture, **options):
    file = io.BytesIO()
    picture.save(file, "JPEG", **options)
    return file.getvalue()


def exif(orientation, big):
    """Notes with the orientation as the second entry, in either order of bytes."""
    order = ">" if big else "<"
    entries = struct.pack(order + "HHII", 0x0100, 4, 1, 37) + struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    start = (b"MM" if big else b"II") + struct.pack(order + "HI", 42, 8)
    return b"Exif\0\0" + start + struct.pack(order + "H", 2) + entries + bytes(4)


files = {
    "grey": encode(drawing(37, 23, "L"), quality=90),
    "grey-progressive": encode(drawing(37, 23, "L"), quality=80, progressive=True),
    "rgb-444": encode(drawing(40, 30), quality=90, subsampling=0),
    "rgb-422": encode(drawing(41, 31), quality=85, subsampling=1),
    "rgb-420": encode(drawing(43, 29), quality=75, subsampling=2),
    "rgb-progressive": encode(drawing(45, 35), quality=80, progressive=True, optimize=True),
    "rgb-restarts": encode(drawing(64, 48), quality=80, restart_marker_blocks=2),
    "rgb-kept": encode(drawing(24, 24), quality=95, keep_rgb=True),
    "cmyk": encode(drawing(33, 21, "CMYK"), quality=90),
    "one-pixel": encode(Image.new("L", (1, 1), 200)),
    "comment": encode(drawing(20, 20, "L"), comment=b"\xff\xd8\xff\xe0\xff\xd9 is no picture"),
}
for orientation in range(1, 9):
    files[f"turned-{orientation}"] = encode(drawing(30, 18, "L"), quality=92, exif=exif(orientation, orientation % 2 == 0))
files["turned-colour"] = encode(drawing(26, 17), quality=92, subsampling=0, exif=exif(6, False))
files["thumbnail"] = encode(drawing(31, 19, "L"), exif=exif(3, True) + encode(drawing(8, 8, "L")))
files["orientation-9"] = encode(drawing(16, 16, "L"), exif=exif(9, True))

tensors = {}
for name, data in files.items():
    picture = Image.open(io.BytesIO(data))
    picture = ImageOps.exif_transpose(picture) if name != "orientation-9" else picture
    if picture.mode != "L":
        picture = picture.convert("RGB")
    tensors[name + "/file"] = np.frombuffer(data, "u1")
    tensors[name + "/pixels"] = np.asarray(picture)
save_file(tensors, os.path.join(here, "jpeg.safetensors"))
