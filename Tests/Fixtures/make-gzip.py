#!/usr/bin/env python3
"""Makes gzip/*.gz: 2,000 bytes, the i-th being i * i mod 251, compressed in the ways that gzip files come in.

Run: python3 make-gzip.py
"""
import gzip
import os
import struct
import zlib

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "gzip")
os.makedirs(here, exist_ok=True)
content = bytes(i * i % 251 for i in range(2000))


def member(data, level=9):
    return gzip.compress(data, level, mtime=0)


def write(name, data):
    with open(os.path.join(here, name + ".gz"), "wb") as file:
        file.write(data)


write("plain", member(content))
write("stored", member(content, 0))
write("members", b"".join(member(part) for part in [content[:7], b"", content[7:1000], content[1000:]]))
# Extra field, name, comment and the header's own CRC.
header = (b"\x1f\x8b\x08\x1e" + bytes(4) + b"\x00\x03" + struct.pack("<H", 5) + b"extra" + b"name\0" + b"a comment\0")
header += struct.pack("<H", zlib.crc32(header) & 0xFFFF)
write("header", header + member(content)[10:])
