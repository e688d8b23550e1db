#!/usr/bin/env python3
"""Makes png.safetensors and png-broken.safetensors.

The one holds PNG files of every colour type, depth and interlacing, with the RGBA they hold.
For a picture NAME there are tensors `NAME/plain` and `NAME/interlaced`, two files of it, and `NAME/rgba` of
height x width x 4. Of opaque pictures `NAME/grey`, height x width, is what Pillow's convert("L") makes of them.
Pillow can't write all of these, so there is an encoder here; Pillow writes the ones called `pillow-…` and checks
those it can read.

The other holds files that are broken in one place each, by what it is.
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


def encode(samples, kind, depth, interlaced, extra, level=9, piece=1 << 30):
    """samples: height x width x channels; piece: bytes in an IDAT chunk."""
    height, width, channels = samples.shape
    raw = b""
    for x, y, dx, dy in PASSES if interlaced else [(0, 0, 1, 1)]:
        part = samples[y::dy, x::dx]
        if part.size:
            raw += filtered([packed(row.ravel(), depth) for row in part], max(1, channels * depth // 8))
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlaced)
    data = zlib.compress(raw, level)
    data = b"".join(chunk(b"IDAT", data[start : start + piece]) for start in range(0, len(data), piece))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + data + chunk(b"IEND", b"")


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


def add(name, kind, depth, height, width, transparent=False, first=b"", **packing):
    """first: chunks before all others."""
    samples, extra, rgba = picture(kind, depth, height, width, transparent)
    files = [encode(samples, kind, depth, interlaced, first + extra, **packing) for interlaced in (0, 1)]
    # Pillow cuts 16 bits short, and takes the transparent grey for an 8-bit one.
    if depth < 16 and not (transparent and depth < 8 and kind == 0):
        for file in files:
            assert (np.array(Image.open(io.BytesIO(file)).convert("RGBA")) == rgba).all(), name
            if (rgba[:, :, 3] == 255).all():
                tensors[name + "/grey"] = np.array(Image.open(io.BytesIO(file)).convert("L"))
    tensors[name + "/rgba"] = np.ascontiguousarray(rgba)
    for form, file in zip(["plain", "interlaced"], files):
        tensors[f"{name}/{form}"] = np.frombuffer(file, "u1")


SIZES = [(13, 7), (5, 21), (9, 9), (1, 17), (11, 3), (40, 1), (3, 40), (7, 11)]
for kind, depths in {0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]}.items():
    for depth in depths:
        for transparent in [False, True] if kind in (0, 2, 3) else [False]:
            size = SIZES[len([name for name in tensors if name.endswith("/rgba")]) % len(SIZES)]
            add(f"{NAMES[kind]}-{depth}{'-trns' if transparent else ''}", kind, depth, *size, transparent)
# Where a side is short, some of the seven passes are empty.
for height in range(1, 6):
    for width in range(1, 6):
        add(f"size-{width}x{height}", 0, 8 if height % 2 else 2, height, width)
add("grey-1-40x39", 0, 1, 39, 40)
for side in range(6, 41):
    add(f"size-{side}x{side}", 3, [1, 2, 4][side % 3], side, side)

# What files say of gamma and colours is no matter to samples.
for name, gamma in {"third": 35000, "half": 45455, "one": 100000, "two": 200000, "huge": 2500000}.items():
    chunks = chunk(b"gAMA", struct.pack(">I", gamma))
    for kind, depth, transparent in [(0, 4, False), (0, 16, True), (2, 8, False), (3, 8, True), (6, 8, False)]:
        add(f"gamma-{name}-{NAMES[kind]}-{depth}", kind, depth, 6, 5, transparent, first=chunks)
white, red, green, blue = (31270, 32900), (64000, 33000), (30000, 60000), (15000, 6000)
add("chromaticities", 2, 8, 4, 6, first=chunk(b"cHRM", struct.pack(">8I", *white, *red, *green, *blue)))
add("srgb", 2, 8, 4, 6, first=chunk(b"sRGB", b"\1") + chunk(b"gAMA", struct.pack(">I", 45455)))
add("significant-bits", 2, 8, 4, 6, first=chunk(b"sBIT", b"\5\6\5"))
add("background", 0, 8, 4, 6, first=chunk(b"bKGD", b"\0\200"))
add("physical-size", 0, 8, 4, 6, first=chunk(b"pHYs", struct.pack(">IIB", 1, 4, 0)))
add("text", 0, 8, 4, 6, first=chunk(b"tEXt", b"Title\0digit") + chunk(b"zTXt", b"Note\0\0" + zlib.compress(b"x" * 99)))
add("private-chunk", 0, 8, 4, 6, first=chunk(b"quIt", b"whatever"))

# Pixels in many chunks, some of them empty, and packed little or not at all.
for piece in (1, 7):
    add(f"pieces-{piece}", 2, 8, 9, 4, piece=piece)
add("stored", 0, 16, 9, 4, level=0)
add("packed-little", 4, 8, 9, 4, level=1)

for mode in ["1", "L", "LA", "P", "RGB", "RGBA"]:
    samples = random.randint(0, 256, (6, 5, 4)).astype("u1")
    image = Image.fromarray(samples, "RGBA").convert(mode)
    file = io.BytesIO()
    image.save(file, "PNG")
    tensors[f"pillow-{mode}/rgba"] = np.ascontiguousarray(np.array(image.convert("RGBA")))
    tensors[f"pillow-{mode}/plain"] = np.frombuffer(file.getvalue(), "u1")
save_file(tensors, os.path.join(here, "png.safetensors"))


def header(width, height, depth=8, kind=0, compression=0, filters=0, interlaced=0):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, compression, filters, interlaced))


def put(*chunks):
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + chunk(b"IEND", b"")


def changed(data, place):
    data = bytearray(data)
    data[place] ^= 0x55
    return bytes(data)


rows = b"".join(bytes([0] + [row * 8] * 28) for row in range(28))
packed = zlib.compress(rows)
idat = chunk(b"IDAT", packed)
sound = put(header(28, 28), idat)
broken = {
    "signature": changed(sound, 0),
    "signature-without-cr": sound.replace(b"\r\n", b"\n", 1),
    "signature-of-seven-bits": bytes([9]) + sound[1:],
    "header-crc": changed(sound, 30),
    "header-no-width": put(header(0, 28), idat),
    "header-no-height": put(header(28, 0), idat),
    "header-depth": put(header(28, 28, 3), idat),
    "header-kind": put(header(28, 28, 8, 5), idat),
    "header-depth-of-kind": put(header(28, 28, 4, 2), idat),
    "header-compression": put(header(28, 28, compression=1), idat),
    "header-filters": put(header(28, 28, filters=1), idat),
    "header-interlacing": put(header(28, 28, interlaced=7), idat),
    "header-length": put(chunk(b"IHDR", bytes(12)), idat),
    "header-missing": put(idat),
    "header-twice": put(header(28, 28), header(28, 28), idat),
    "header-beyond-31-bits": put(header(1 << 31, 1), idat),
    "pixels-missing": put(header(28, 28)),
    "pixels-cut-off": sound[:60],
    "pixels-empty": put(header(28, 28), chunk(b"IDAT", b"")),
    "pixels-short": put(header(28, 28), chunk(b"IDAT", packed[:20])),
    "pixels-too-few": put(header(28, 28), chunk(b"IDAT", zlib.compress(rows[:400]))),
    "pixels-of-many": put(header(9000, 9000), idat),
    "pixels-crc": changed(sound, len(sound) - 14),
    "pixels-filter": put(header(28, 28), chunk(b"IDAT", zlib.compress(b"\x09" + rows[1:]))),
    "zlib-header": put(header(28, 28), chunk(b"IDAT", changed(packed, 0))),
    "zlib-data": put(header(28, 28), chunk(b"IDAT", changed(packed, 10))),
    "zlib-checksum": put(header(28, 28), chunk(b"IDAT", changed(packed, -1))),
    "palette-missing": put(header(28, 28, 8, 3), idat),
    "palette-length": put(header(28, 28, 8, 3), chunk(b"PLTE", bytes(4)), idat),
    "unknown-but-critical": put(header(28, 28), chunk(b"ABCD", b"x"), idat),
}
save_file({name: np.frombuffer(data, "u1") for name, data in broken.items()}, os.path.join(here, "png-broken.safetensors"))
