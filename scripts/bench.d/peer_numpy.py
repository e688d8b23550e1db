"""The course's run in NumPy, as the course writes it, for timing: full-batch gradient descent on 784-45-10."""

import sys
import time

import numpy as np

import peer


def softmax(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)


def course(dtype, iterations):
    images, labels = peer.examples("train", 5000)
    x = (images.reshape(len(images), -1).T / 256).astype(dtype)
    y = np.eye(10, dtype=dtype)[labels].T.copy()
    random = np.random.RandomState(2)
    w1, w2 = (np.asarray(random.randn(*shape) * 0.1, dtype) for shape in ((45, 784), (10, 45)))
    b1, b2 = np.zeros((45, 1), dtype), np.zeros((10, 1), dtype)
    m = dtype(x.shape[1])
    start = time.perf_counter()
    for _ in range(iterations):
        z1 = w1 @ x + b1
        h1 = np.maximum(0, z1)
        h2 = softmax(w2 @ h1 + b2)
        loss = -np.sum(y * np.log(h2)) / m
        dz2 = h2 - y
        dw2, db2 = dz2 @ h1.T / m, dz2.sum(axis=1, keepdims=True) / m
        dz1 = (w2.T @ dz2) * (z1 > 0)
        dw1, db1 = dz1 @ x.T / m, dz1.sum(axis=1, keepdims=True) / m
        rate = dtype(0.0075)
        w1, b1, w2, b2 = w1 - rate * dw1, b1 - rate * db1, w2 - rate * dw2, b2 - rate * db2
    return (time.perf_counter() - start) / iterations, float(loss)


if __name__ == "__main__":
    seconds, loss = course(np.float64 if sys.argv[1] == "float64" else np.float32, int(sys.argv[2]))
    peer.report(seconds, loss=loss)
