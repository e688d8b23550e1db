#!/usr/bin/env python3
"""Makes png.safetensors: PNG files of every colour type, depth and interlacing, with the RGBA they hold.

For a picture NAME there are tensors `NAME/plain` and `NAME/interlaced`, two files of it, and `NAME/rgba` of
height x width x 4. Pillow can't write all of these, so there is an encoder here; Pillow writes the ones called
`pillow-…` and checks those it can read.
Run: python3 make-png.py
"""
import io
import os
import struct
import zlib

import numpy as np
from PIL import Image
from safetensors.numpy import save_file

here = os.path.dirname(os.path.abspath(__file__))
random = np.random.RandomState(11)

CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
NAMES = {0: "grey", 2: "rgb", 3: "palette", 4: "grey-alpha", 6: "rgba"}
# First column, first row, column step, row step.
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed(row, depth):
    """The samples of a row as bytes, most significant first, the last byte filled with zeros."""
    if depth == 16:
        return row.astype(">u2").tobytes()
    bits = (row[:, None] >> np.arange(depth - 1, -1, -1)) & 1
    return np.packbits(bits.astype("u1")).tobytes()


def filtered(rows, width):
    """The rows, each by another of the five filters in turn."""
    out, last = b"", bytes(len(rows[0]))
    for index, row in enumerate(rows):
        kind = index % 5
        line = bytearray()
        for place, byte in enumerate(row):
            a = row[place - width] if place >= width else 0
            b, c = last[place], last[place - width] if place >= width else 0
            nearest = min([a, b, c], key=lambda value: abs(a + b - c - value))
            line.append((byte - [0, a, b, (a + b) // 2, nearest][kind]) & 255)
        out, last = out + bytes([kind]) + bytes(line), row
    return out


def encode(samples, kind, depth, interlaced, extra):
    """samples: height x width x channels."""
    height, width, channels = samples.shape
    raw = b""
    for x, y, dx, dy in PASSES if interlaced else [(0, 0, 1, 1)]:
        part = samples[y::dy, x::dx]
        if part.size:
            raw += filtered([packed(row.ravel(), depth) for row in part], max(1, channels * depth // 8))
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlaced)
    chunks = chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def to8(samples, depth):
    return ((samples.astype("u8") * 255 * 2 + (1 << depth) - 1) // (2 * ((1 << depth) - 1))).astype("u1")


def picture(kind, depth, height, width, transparent):
    """(samples, chunks before IDAT, RGBA)"""
    channels = CHANNELS[kind]
    samples = random.randint(0, 1 << depth, (height, width, channels))
    extra = b""
    if kind == 3:
        count = min(1 << depth, 40)
        samples %= count
        palette = random.randint(0, 256, (count, 4)).astype("u1")
        # Fewer alphas than colours: the rest is opaque.
        known = (count + 1) // 2 if transparent else 0
        palette[known:, 3] = 255
        extra = chunk(b"PLTE", palette[:, :3].tobytes())
        if transparent:
            extra += chunk(b"tRNS", palette[:known, 3].tobytes())
        return samples, extra, palette[samples[:, :, 0]]
    rgba = np.full((height, width, 4), 255, "u1")
    colours = channels - (kind >= 4)
    rgba[:, :, :3] = to8(samples[:, :, :colours], depth)
    if kind >= 4:
        rgba[:, :, 3] = to8(samples[:, :, -1], depth)
    if transparent:
        key = samples[height // 2, width // 2].copy()
        if depth == 16:
            # Almost the key, and equal to it in eight bits: stays opaque.
            samples[0, 0] = key ^ 1
            rgba[0, 0, :3] = to8(samples[0, 0], depth)
        extra = chunk(b"tRNS", key.astype(">u2").tobytes())
        rgba[(samples == key).all(axis=2), 3] = 0
    return samples, extra, rgba


tensors = {}


def add(name, kind, depth, height, width, transparent=False):
    samples, extra, rgba = picture(kind, depth, height, width, transparent)
    files = [encode(samples, kind, depth, interlaced, extra) for interlaced in (0, 1)]
    # Pillow cuts 16 bits short, and takes the transparent grey for an 8-bit one.
    if depth < 16 and not (transparent and depth < 8 and kind == 0):
        for file in files:
            assert (np.array(Image.open(io.BytesIO(file)).convert("RGBA")) == rgba).all(), name
    tensors[name + "/rgba"] = np.ascontiguousarray(rgba)
    for form, file in zip(["plain", "interlaced"], files):
        tensors[f"{name}/{form}"] = np.frombuffer(file, "u1")


SIZES = [(13, 7), (5, 21), (9, 9), (1, 17), (11, 3), (40, 1), (3, 40), (7, 11)]
for kind, depths in {0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]}.items():
    for depth in depths:
        for transparent in [False, True] if kind in (0, 2, 3) else [False]:
            size = SIZES[len(tensors) // 3 % len(SIZES)]
            add(f"{NAMES[kind]}-{depth}{'-trns' if transparent else ''}", kind, depth, *size, transparent)
# Where a side is short, some of the seven passes are empty.
for height in range(1, 6):
    for width in range(1, 6):
        add(f"size-{width}x{height}", 0, 8 if height % 2 else 2, height, width)
add("grey-1-40x39", 0, 1, 39, 40)

for mode in ["1", "L", "LA", "P", "RGB", "RGBA"]:
    samples = random.randint(0, 256, (6, 5, 4)).astype("u1")
    image = Image.fromarray(samples, "RGBA").convert(mode)
    file = io.BytesIO()
    image.save(file, "PNG")
    tensors[f"pillow-{mode}/rgba"] = np.ascontiguousarray(np.array(image.convert("RGBA")))
    tensors[f"pillow-{mode}/plain"] = np.frombuffer(file.getvalue(), "u1")
save_file(tensors, os.path.join(here, "png.safetensors"))
