#!/bin/sh
# From MNIST's .gz files, in the folder MNIST_DIR, to a network of nearly 99.5 % test accuracy. The seed may be given.
# Seeds 1 to 5 gave 99.43 % (standard deviation 0.03) in 4.5 to 5.6 minutes, on two virtual cores of an AMD EPYC (Zen 4).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mnist-prepare "$MNIST_DIR" --part train -q -o "$work/train.safetensors"
mnist-prepare "$MNIST_DIR" --part test -q -o "$work/test.safetensors"
nn-init 784 1024 512 256 10 --seed "${1-1}" |
  nn-train --data "$work/train.safetensors" --epochs 100 --learning-rate 0.002 --schedule linear --seed "${1-1}" \
    --augment affine,elastic,thickness |
  nn-eval --data "$work/test.safetensors" |
  grep -w accuracy
