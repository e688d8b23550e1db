#!/bin/sh
# From MNIST's .gz files, in the folder MNIST_DIR, to a committee of two networks, in an hour. Alone they gave 99.57 and
# 99.50 %, together 99.61 %, on two virtual cores of an AMD EPYC (Zen 4). The first took 37 minutes; the second, which
# was trained beside other work, would take 23 at the first one's pace.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mnist-prepare "$MNIST_DIR" --part train -q -o "$work/train.safetensors"
mnist-prepare "$MNIST_DIR" --part test -q -o "$work/test.safetensors"
member() {
  nn-init 784 2048 1024 512 256 10 --seed "$1" |
    nn-train --data "$work/train.safetensors" --epochs "$2" --learning-rate 0.001 --schedule linear --seed "$1" \
      --augment affine,elastic,thickness -o "$work/$1.safetensors"
}
member 7 270
member 8 165
nn-eval --ensemble "$work/7.safetensors" "$work/8.safetensors" --data "$work/test.safetensors" |
  grep -w accuracy
