#!/usr/bin/env python3
"""Makes pickles/*.pkl: one small data set as Python and NumPy have pickled it through the years, and pickles to refuse.

Each holds a tuple of (training, validation, test), each (images, labels); pickles.json says what is in them.
Run with NumPy 2: python3 make-pickles.py
"""
import json
import os
import pickle
import struct

import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
folder = os.path.join(here, "pickles")
os.makedirs(folder, exist_ok=True)

random = np.random.RandomState(3)
PARTS = [(random.randint(0, 256, (count, 4)), random.randint(0, 10, count)) for count in (3, 2, 2)]


def parts(images, labels="i8", order="C"):
    return tuple((np.array(pixels / 256, images, order=order), answers.astype(labels)) for pixels, answers in PARTS)


def write(name, content):
    with open(os.path.join(folder, name + ".pkl"), "wb") as file:
        file.write(content)


def text(word, protocol):
    """A Python 2 string: quoted text in protocol 0, counted bytes from 1 on."""
    if protocol == 0:
        escaped = "".join(
            chr(byte) if 32 <= byte < 127 and byte not in b"\\'" else f"\\x{byte:02x}" for byte in word)
        return b"S'" + escaped.encode() + b"'\n"
    return b"U" + bytes([len(word)]) + word if len(word) < 256 else b"T" + struct.pack("<i", len(word)) + word


def number(value, protocol):
    return b"I%d\n" % value if protocol == 0 else b"K" + bytes([value])


def python2_array(array, protocol, memo):
    """An array as cPickle of Python 2 with NumPy 1 wrote it."""
    def put():
        memo.append(None)
        return b"p%d\n" % len(memo) if protocol == 0 else b"q" + bytes([len(memo)])

    shape = [number(length, protocol) for length in array.shape]
    size = b"(" + b"".join(shape) + b"t" if len(shape) > 1 or protocol < 2 else shape[0] + b"\x85"
    code = array.dtype.str[1:].encode()
    minus = b"I-1\n" if protocol == 0 else b"J\xff\xff\xff\xff"
    false = b"I00\n" if protocol < 2 else b"\x89"
    return b"".join([
        b"cnumpy.core.multiarray\n_reconstruct\n", put(),
        b"(cnumpy\nndarray\n", put(), b"(", number(0, protocol), b"t", text(b"b", protocol), b"t", put(), b"R", put(),
        b"(", number(1, protocol), size, put(),
        b"cnumpy\ndtype\n", put(),
        b"(", text(code, protocol), number(0, protocol), number(1, protocol), b"t", b"R", put(),
        b"(", number(3, protocol), text(array.dtype.str[:1].encode(), protocol), b"NNN", minus, minus,
        number(0, protocol), b"tb",
        false, text(array.tobytes(), protocol), b"tb",
    ])


def python2(protocol):
    memo = []
    start = b"\x80\x02" if protocol == 2 else b""
    pairs = [
        b"(" + python2_array(images, protocol, memo) + python2_array(labels, protocol, memo) + b"t"
        for images, labels in parts("f4")
    ]
    return start + b"(" + b"".join(pairs) + b"t."


for protocol in range(6):
    write(f"python3-protocol-{protocol}", pickle.dumps(parts("f4"), protocol))
    write(f"fortran-protocol-{protocol}", pickle.dumps(parts("f8", order="F"), protocol))
for protocol in range(3):
    content = python2(protocol)
    for (images, labels), (pixels, answers) in zip(pickle.loads(content, encoding="latin1"), PARTS):
        assert (images == pixels / 256).all() and (labels == answers).all()
    write(f"python2-protocol-{protocol}", content)
write("big-endian", pickle.dumps(parts(">f4", ">i4"), 4))
write("big-endian-f8", pickle.dumps(parts(">f8", ">u2"), 2))
write("lists", pickle.dumps([list(pair) for pair in parts("f4", "u1")], 4))
write("bytes-u1", pickle.dumps(tuple((pixels.astype("u1"), answers.astype("u1")) for pixels, answers in PARTS), 5))
write("two-parts", pickle.dumps(parts("f4")[:2], 4))


class Foreign:
    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


write("refuse-system", pickle.dumps((Foreign(os.system, "false"),), 2))
write("refuse-eval", pickle.dumps((Foreign(eval, "1"),), 4))
write("refuse-scalar", pickle.dumps(np.float32(1.5), 2))
write("refuse-objects", pickle.dumps(((np.array([[None]]), np.zeros(1, "i8")),) * 2, 2))
write("refuse-structure", pickle.dumps({"train": 1}, 2))

with open(os.path.join(here, "pickles.json"), "w") as file:
    json.dump(
        [{"pixels": pixels.ravel().tolist(), "labels": labels.tolist()} for pixels, labels in PARTS],
        file, separators=(",", ":"))
    file.write("\n")
