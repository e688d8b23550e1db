#!/bin/sh
# Made checkpoints/*.checkpoint and *.model with nn-train as it was before checkpoints told of schedules, regularisation
# and validation (commit 65e7e33): a run that ends after 19 updates, and one that goes on to 50. Run it in the folder
# checkpoints, with tools of that commit on PATH, to make them again.
set -eu
mnist-prepare data.csv -q -o data
nn-init 6 5 3 --seed 2 -o start
for optimizer in sgd momentum adam adamw; do
  set -- start -q --data data --validation 0.2 --optimizer "$optimizer" --learning-rate 0.02 --batch-size 7
  nn-train "$@" --iterations 19 --checkpoint "$optimizer.checkpoint" -o half
  nn-train "$@" --iterations 50 -o "$optimizer.model"
done
rm data start half
