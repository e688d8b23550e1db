#!/usr/bin/env python3
"""Makes course.json: the course's functions in NumPy, double precision, with the figures they give.

A column is an example. Figures that need the real MNIST take it from $MNIST_DIR/mnist.pkl.gz, pixels being k/256.
Run: MNIST_DIR=… python3 make-course.py
"""
import gzip
import json
import os
import pickle

import numpy as np

here = os.path.dirname(os.path.abspath(__file__))


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z)), Z


def relu(Z):
    return np.maximum(0, Z), Z


def softmax(Z):
    powers = np.exp(Z - Z.max(axis=0))
    return powers / powers.sum(axis=0), Z


ACTIVATIONS = {"sigmoid": sigmoid, "relu": relu, "softmax": softmax}


def initialize_parameters(dimensions, seed=2):
    random = np.random.RandomState(seed)
    return [
        (0.1 * random.randn(units, inputs), np.zeros((units, 1)))
        for inputs, units in zip(dimensions, dimensions[1:])
    ]


def layer_forward(H_prev, W, b, activation):
    H, Z = ACTIVATIONS[activation](W @ H_prev + b)
    return H, (H_prev, W, b, Z)


def L_layer_forward(X, parameters, hidden="relu"):
    H, memories = X, []
    for index, (W, b) in enumerate(parameters):
        H, memory = layer_forward(H, W, b, "softmax" if index == len(parameters) - 1 else hidden)
        memories.append(memory)
    return H, memories


def compute_loss(HL, Y):
    return -np.sum(Y * np.log(HL)) / Y.shape[1]


def sigmoid_backward(dH, Z):
    H = 1 / (1 + np.exp(-Z))
    return dH * H * (1 - H)


def relu_backward(dH, Z):
    return np.where(Z > 0, dH, 0)


def linear_backward(dZ, memory):
    H_prev, W, _, _ = memory
    m = H_prev.shape[1]
    return W.T @ dZ, dZ @ H_prev.T / m, dZ.sum(axis=1, keepdims=True) / m


def layer_backward(dH, memory, activation):
    backward = {"sigmoid": sigmoid_backward, "relu": relu_backward}[activation]
    return linear_backward(backward(dH, memory[3]), memory)


def L_layer_backward(HL, Y, memories, hidden="relu"):
    dH, dW, db = linear_backward(HL - Y, memories[-1])
    gradients = [(dW, db)]
    for memory in reversed(memories[:-1]):
        dH, dW, db = layer_backward(dH, memory, hidden)
        gradients.append((dW, db))
    return gradients[::-1]


def update_parameters(parameters, gradients, rate):
    return [(W - rate * dW, b - rate * db) for (W, b), (dW, db) in zip(parameters, gradients)]


def L_layer_model(X, Y, dimensions, rate, iterations, hidden="relu"):
    parameters, losses = initialize_parameters(dimensions), []
    for _ in range(iterations):
        HL, memories = L_layer_forward(X, parameters, hidden)
        losses.append(float(compute_loss(HL, Y)))
        parameters = update_parameters(parameters, L_layer_backward(HL, Y, memories, hidden), rate)
    return parameters, losses


def one_hot(labels, classes=10):
    return np.eye(classes)[:, labels]


def mnist_train():
    with gzip.open(os.path.join(os.environ["MNIST_DIR"], "mnist.pkl.gz")) as file:
        (images, labels), _, _ = pickle.load(file, encoding="latin1")
    return images.T.astype(np.float64), labels


def listed(value):
    return value.ravel().tolist() if value.ndim == 2 and value.shape[1] == 1 else value.tolist()


def layers(pairs):
    return [{"W": listed(W), "b": listed(b)} for W, b in pairs]


def figures(images, labels):
    Z = np.arange(8.0).reshape(4, 2)
    wide = np.array([[-3.5, 0, 700], [-1, 2, 710], [0.25, -2, -50]])
    H_prev = np.array([[1.0, 0, 5, 10, 2], [2, 5, 3, 10, 2]])
    W, b = np.array([[10.0, 5], [2, 0], [1, 0]]), np.array([[10.0], [5], [0]])
    dH = np.random.RandomState(2).rand(3, 5)
    out = {
        "Z": Z.tolist(), "sigmoid": sigmoid(Z)[0].tolist(),
        "wide": wide.tolist(), "relu": relu(wide)[0].tolist(), "softmax": softmax(wide)[0].tolist(),
        "layer": {"H_prev": H_prev.tolist(), "W": W.tolist(), "b": listed(b), "dH": dH.tolist()},
    }
    for activation in ["sigmoid", "relu"]:
        H, memory = layer_forward(H_prev, W, b, activation)
        dH_prev, dW, db = layer_backward(dH, memory, activation)
        backward = {"sigmoid": sigmoid_backward, "relu": relu_backward}[activation]
        out["layer"][activation] = {
            "H": H.tolist(), "dZ": backward(dH, memory[3]).tolist(), "dH_prev": dH_prev.tolist(),
            "dW": dW.tolist(), "db": listed(db),
        }

    random = np.random.RandomState(5)
    X, answers = random.rand(6, 20), random.randint(0, 4, 20)
    out["small"] = {"X": X.tolist(), "labels": answers.tolist(), "dimensions": [6, 5, 3, 4], "rate": 0.5}
    for hidden in ["relu", "sigmoid"]:
        Y = one_hot(answers, 4)
        start = initialize_parameters([6, 5, 3, 4])
        HL, memories = L_layer_forward(X, start, hidden)
        gradients = L_layer_backward(HL, Y, memories, hidden)
        parameters, losses = L_layer_model(X, Y, [6, 5, 3, 4], 0.5, 8, hidden)
        out["small"][hidden] = {
            "HL": HL.tolist(), "gradients": layers(gradients), "losses": losses, "parameters": layers(parameters),
            "updated": layers(update_parameters(start, gradients, 0.5)),
        }
    out["small"]["start"] = layers(initialize_parameters([6, 5, 3, 4]))

    start = initialize_parameters([784, 3, 7, 10])
    Y = one_hot(labels[10:20])
    HL, memories = L_layer_forward(images[:, 10:20], start)
    gradients = L_layer_backward(HL, Y, memories)
    out["mnist"] = {
        "HL": HL.tolist(),
        "rand_loss": float(compute_loss(np.random.RandomState(2).rand(10, 5), one_hot(labels[10:15]))),
        "last_gradients": layers(gradients[1:]),
        "model_losses": L_layer_model(
            images[:, :5000], one_hot(labels[:5000]), [784, 45, 10], 0.0075, 3)[1],
    }
    return out


if __name__ == "__main__":
    with open(os.path.join(here, "course.json"), "w") as file:
        json.dump(figures(*mnist_train()), file, separators=(",", ":"))
        file.write("\n")
