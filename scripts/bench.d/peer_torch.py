"""Epochs of training in PyTorch, with the data in memory, its fused Adam and no DataLoader: as fast as it goes on a CPU."""

import sys
import time

import torch
from torch import nn

import peer


def epochs(sizes, count, dense):
    images, labels = peer.examples("train", 60000)
    x = torch.from_numpy(images.reshape(len(images), -1).copy()).float() / 255
    if dense:
        x = torch.clamp(x, min=1 / 255)
    y = torch.from_numpy(labels.astype("int64"))
    torch.manual_seed(1)
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    model = nn.Sequential(*layers[:-1])
    optimizer = torch.optim.Adam(model.parameters(), fused=True)
    loss_of = nn.CrossEntropyLoss()
    times = []
    for _ in range(count):
        start = time.perf_counter()
        order = torch.randperm(len(x))
        for batch in order.split(128):
            optimizer.zero_grad(set_to_none=True)
            loss = loss_of(model(x[batch]), y[batch])
            loss.backward()
            optimizer.step()
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2], loss.item()


if __name__ == "__main__":
    torch.set_num_threads(int(sys.argv[3]))
    sizes = [int(size) for size in sys.argv[1].split("-")]
    seconds, loss = epochs(sizes, int(sys.argv[2]), dense="dense" in sys.argv[4:])
    peer.report(seconds, loss=loss)
