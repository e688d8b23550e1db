"""A recipe of nn-train's in PyTorch: peer_torch_recipe.py SEED THREADS PATIENCE SIZES OPTION...

Takes the options of nn-train that the recipes use. Pictures are distorted a batch at a time, by the same formulas and
default settings; --augment's thickness is left out, as PyTorch has nothing for it. Where training would take longer
than PATIENCE seconds, the first epochs tell how long.
"""

import argparse
import math
import time

import torch
from torch import nn
from torch.nn import functional

import peer


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("seed", type=int)
    parser.add_argument("threads", type=int)
    parser.add_argument("patience", type=float)
    parser.add_argument("sizes")
    parser.add_argument("--epochs", type=int, required=True)
    parser.add_argument("--learning-rate", type=float, default=0.001)
    parser.add_argument("--batch-size", type=int, default=128)
    parser.add_argument("--schedule", choices=["constant", "linear"], default="constant")
    parser.add_argument("--augment", type=lambda text: text.split(","), default=[])
    parser.add_argument("--rotate", type=float, default=15)
    parser.add_argument("--scale", type=float, default=0.15)
    parser.add_argument("--shear", type=float, default=0.15)
    parser.add_argument("--shift", type=float, default=1)
    parser.add_argument("--elastic", type=lambda text: tuple(map(float, text.split(":"))), default=(6, 36))
    return parser.parse_args()


class Distortion:
    """Draws pictures anew, each with a random affine map and a smooth random displacement of its pixels."""

    def __init__(self, settings):
        self.settings = settings
        sigma, alpha = settings.elastic
        # Noise on a lattice with sigma pixels between points, of two uniform numbers each, as nn-train has it.
        points = torch.arange(-4.0, 28 / sigma + 4) * sigma
        weights = torch.exp(-((torch.arange(28.0)[:, None] - points) ** 2) / (2 * sigma * sigma))
        gaussian = torch.exp(-torch.arange(-4 * sigma, 4 * sigma + 1) ** 2 / (2 * sigma * sigma))
        deviation = (gaussian / gaussian.sum()).norm()
        self.weights = weights * deviation / weights.norm(dim=1, keepdim=True)
        self.amplitude = alpha * math.sqrt(2) / 14

    def __call__(self, pictures):
        count = len(pictures)
        maps = self.maps(count) if "affine" in self.settings.augment else torch.eye(2, 3).repeat(count, 1, 1)
        grid = functional.affine_grid(maps, pictures.shape, align_corners=False)
        if "elastic" in self.settings.augment:
            grid = grid + self.displacements(count)
        return functional.grid_sample(pictures, grid, align_corners=False)

    def maps(self, count):
        """From each new pixel to its source, [count, 2, 3], in half pictures from the middle."""
        uniform = lambda limit: (2 * torch.rand(count) - 1) * limit
        width, height = 1 + uniform(self.settings.scale), 1 + uniform(self.settings.scale)
        angle, lean = uniform(math.radians(self.settings.rotate)), uniform(self.settings.shear)
        cosine, sine = torch.cos(angle), torch.sin(angle)
        linear = torch.stack([
            torch.stack([(cosine - lean * sine) / width, (sine + lean * cosine) / width], -1),
            torch.stack([-sine / height, cosine / height], -1)], 1)
        shift = torch.stack([uniform(self.settings.shift), uniform(self.settings.shift)], -1) / 14
        return torch.cat([linear, -linear @ shift[:, :, None]], 2)

    def displacements(self, count):
        """Smooth random numbers, [count, 28, 28, 2], in half pictures."""
        points = self.weights.shape[1]
        noise = (torch.rand(2, count, 2, points, points).sum(0) - 1) * self.amplitude
        return (self.weights @ noise @ self.weights.T).permute(0, 2, 3, 1)


def network(sizes):
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def tensors(part):
    images, labels = peer.examples(part, 60000)
    return torch.from_numpy(images.copy()).float()[:, None] / 255, torch.from_numpy(labels.astype("int64"))


def train(model, settings, x, y):
    """Seconds of training, and whether they are only computed, from the first epochs."""
    optimizer = torch.optim.Adam(model.parameters(), lr=settings.learning_rate, fused=True)
    updates = settings.epochs * math.ceil(len(x) / settings.batch_size)
    falling = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda update: 1 - update / updates if settings.schedule == "linear" else 1)
    distort = Distortion(settings) if settings.augment else None
    loss_of = nn.CrossEntropyLoss()
    start = time.perf_counter()
    for epoch in range(settings.epochs):
        for batch in torch.randperm(len(x)).split(settings.batch_size):
            pictures = distort(x[batch]) if distort else x[batch]
            optimizer.zero_grad(set_to_none=True)
            loss_of(model(pictures.flatten(1)), y[batch]).backward()
            optimizer.step()
            falling.step()
        seconds = time.perf_counter() - start
        whole = seconds / (epoch + 1) * settings.epochs
        if whole > settings.patience and (epoch > 0 or settings.epochs == 1):
            return whole, True
    return seconds, False


def accuracy(model, x, y):
    with torch.no_grad():
        return (model(x.flatten(1)).argmax(1) == y).double().mean().item()


if __name__ == "__main__":
    settings = options()
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    model = network([int(size) for size in settings.sizes.split()])
    seconds, computed = train(model, settings, *tensors("train"))
    peer.report(seconds, accuracy=None if computed else accuracy(model, *tensors("test")))
