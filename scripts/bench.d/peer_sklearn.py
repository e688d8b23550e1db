"""Epochs of training by scikit-learn's MLPClassifier: same network, batch and optimiser."""

import sys
import time
import warnings

import numpy as np
from sklearn.neural_network import MLPClassifier

import peer


def epochs(hidden, count):
    images, labels = peer.examples("train", 60000)
    x = (images.reshape(len(images), -1) / 255).astype(np.float32)
    model = MLPClassifier(hidden, batch_size=128, max_iter=count, alpha=0, tol=0, n_iter_no_change=count, random_state=1)
    warnings.simplefilter("ignore")
    start = time.perf_counter()
    model.fit(x, labels)
    return (time.perf_counter() - start) / model.n_iter_, model.loss_


if __name__ == "__main__":
    sizes = [int(size) for size in sys.argv[1].split("-")]
    seconds, loss = epochs(tuple(sizes[1:-1]), int(sys.argv[2]))
    peer.report(seconds, loss=float(loss))
