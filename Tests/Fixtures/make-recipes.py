#!/usr/bin/env python3
"""Makes torch-recipes.safetensors: networks trained by PyTorch for twenty updates, batch after batch of at most 16 of
the 40 examples of torch.safetensors, by each of the recipes below.

For each recipe it holds the network's start as `RECIPE/start/<i>.weight` and `.bias`, the parameters after training as
`RECIPE/end/<i>.…` (with an average: the average), and the loss before each update and its learning rate as
`RECIPE/losses` and `RECIPE/rates`. Teachers are networks that were not trained, `RECIPE/teacher<n>/<i>.…`. Dropout takes the masks that nn-train draws.
Run: python3 make-recipes.py
"""
import os

import numpy
import torch
from safetensors.torch import load_file, save_file
from torch.optim import lr_scheduler
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

here = os.path.dirname(os.path.abspath(__file__))
data = load_file(os.path.join(here, "torch.safetensors"))
X, y = data["images"].reshape(40, 12).to(torch.float64) / 255, data["labels"].long()
STEPS, EPOCH, SEED = 20, 3, 9
ACTIVATIONS = {
    "relu": torch.nn.ReLU, "sigmoid": torch.nn.Sigmoid, "tanh": torch.nn.Tanh, "gelu": torch.nn.GELU,
    "leaky-relu": torch.nn.LeakyReLU,
}
WEIGHTS = [0.5, 1, 1.5, 2, 3]
BALANCED = (40 / (5 * torch.bincount(y, minlength=5).double())).tolist()


def sgd(p, **more):
    return torch.optim.SGD(p, **({"lr": 0.1} | more))


def momentum(p, **more):
    return torch.optim.SGD(p, **({"lr": 0.05, "momentum": 0.9} | more))


def adam(p):
    return torch.optim.Adam(p, lr=0.01)


def warm(steps, then):
    """`steps` updates of warm-up, and then the schedule that `then` makes of an optimiser."""

    def make(optimizer):
        up = lr_scheduler.LinearLR(optimizer, start_factor=1 / (steps + 1), end_factor=1, total_iters=steps)
        return lr_scheduler.SequentialLR(optimizer, [up, then(optimizer)], milestones=[steps])

    return make


def one_cycle(share):
    return lambda o: lr_scheduler.OneCycleLR(
        o, max_lr=0.1, total_steps=STEPS, pct_start=share, cycle_momentum=False)


RECIPES = {
    "cosine": {"schedule": lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=STEPS)},
    "step": {"schedule": lambda o: lr_scheduler.StepLR(o, step_size=2 * EPOCH, gamma=0.5)},
    "one-cycle": {"schedule": one_cycle(0.3)},
    "one-cycle-warm": {"schedule": one_cycle(0.45)},
    "warm": {"schedule": warm(3, lambda o: lr_scheduler.ConstantLR(o, factor=1))},
    "warm-cosine": {"schedule": warm(4, lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=STEPS - 4))},
    "warm-step": {"schedule": warm(3, lambda o: lr_scheduler.StepLR(o, step_size=EPOCH, gamma=0.5))},
    "nesterov": {"optimizer": lambda p: momentum(p, nesterov=True)},
    "nesterov-decay": {"optimizer": lambda p: momentum(p, nesterov=True, weight_decay=0.05)},
    "clip": {"clip": 0.2},
    "clip-adam": {"clip": 0.05, "optimizer": adam},
    "clip-decay": {"clip": 0.2, "optimizer": lambda p: momentum(p, weight_decay=0.05)},
    "bound": {"bound": 0.8},
    "bound-adam": {"bound": 0.8, "optimizer": adam},
    "smoothing": {"smoothing": 0.1},
    "weights": {"weights": WEIGHTS},
    "balanced": {"weights": BALANCED},
    "smoothing-weights": {"smoothing": 0.2, "weights": WEIGHTS, "optimizer": adam},
    "average": {"average": 0.9},
    "average-adam": {"average": 0.99, "optimizer": adam},
    "dropout-relu": {"dropout": (0.5,)},
    "dropout-sigmoid": {"dropout": (0.2, 0.4), "activation": "sigmoid"},
    "dropout-adam-tanh": {"dropout": (0.3,), "activation": "tanh", "optimizer": adam},
    "leaky-relu": {"activation": "leaky-relu"},
    "adam-leaky-relu": {"activation": "leaky-relu", "optimizer": adam},
    "gelu": {"activation": "gelu"},
    "adam-gelu": {"activation": "gelu", "optimizer": adam},
    "dropout-gelu": {"dropout": (0.3,), "activation": "gelu", "optimizer": momentum},
    "input-dropout": {"input_dropout": 0.3},
    "input-dropout-adam": {"input_dropout": 0.2, "optimizer": adam},
    "taught": {"teachers": 1, "temperature": 3, "share": 0.7},
    "taught-by-two": {
        "teachers": 2, "temperature": 1.5, "share": 0.4, "smoothing": 0.1, "weights": WEIGHTS, "optimizer": adam,
    },
    "taught-only": {"teachers": 1, "temperature": 1, "share": 1, "input_dropout": 0.3},
    "all": {
        "dropout": (0.25,), "input_dropout": 0.1, "smoothing": 0.1, "weights": BALANCED, "clip": 0.3, "bound": 1.0,
        "average": 0.8, "schedule": one_cycle(0.3),
    },
}


def sequential(sizes, activation):
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [torch.nn.Linear(inputs, outputs), ACTIVATIONS[activation]()]
    return torch.nn.Sequential(*layers[:-1])


def parameters(model):
    return {name: value.detach().to(torch.float32).clone() for name, value in model.state_dict().items()}


def mix64(z):
    z = (z + 0x9E3779B97F4A7C15) % 2**64
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    z = (z ^ z >> 27) * 0x94D049BB133111EB % 2**64
    return z ^ z >> 31


def mask(places, step, layer, width, rate):
    """The factors of a layer's units for examples: 0, or 1 / (1 − rate)."""
    factors = numpy.zeros((len(places), width))
    for row, place in enumerate(places):
        key = mix64(mix64(mix64(SEED << 32 | layer) ^ step) ^ place) >> 32
        for unit in range(width):
            x = (key + unit * 0x9E3779B9) % 2**32
            x = (x ^ x >> 16) * 0x85EBCA6B % 2**32
            x = (x ^ x >> 13) * 0xC2B2AE35 % 2**32
            x ^= x >> 16
            factors[row, unit] = 0 if x < int(rate * 2**32) else 1 / (1 - rate)
    return torch.tensor(factors)


def forward(model, places, step, dropout, input_dropout):
    x, layer = X[places], 0
    if input_dropout:
        x = x * mask(places, step, 0, x.shape[1], input_dropout)
    for part in model:
        x = part(x)
        if dropout and not isinstance(part, torch.nn.Linear):
            x = x * mask(places, step, layer + 1, x.shape[1], dropout[layer % len(dropout)])
            layer += 1
    return x


def train(name, tensors, optimizer=sgd, schedule=None, sizes=(12, 9, 7, 5), activation="relu", clip=None, bound=None,
          weights=None, smoothing=0, average=None, dropout=(), input_dropout=0, teachers=0, temperature=1, share=0):
    torch.manual_seed(4)
    start = parameters(sequential(sizes, activation))
    tensors |= {f"{name}/start/{key}": value for key, value in start.items()}
    # In double precision, from a start that Float holds exactly.
    model = sequential(sizes, activation).double()
    model.load_state_dict(start)
    optimizer = optimizer(model.parameters())
    schedule = schedule and schedule(optimizer)
    mean = average and AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(average))
    measure = torch.nn.CrossEntropyLoss(
        weight=None if weights is None else torch.tensor(weights, dtype=torch.float64), label_smoothing=smoothing)
    taught = []
    for number in range(teachers):
        taught.append(sequential((12, 8, 5), "tanh"))
        for value in taught[-1].parameters():
            value.data *= 4
        tensors |= {f"{name}/teacher{number}/{key}": value for key, value in parameters(taught[-1]).items()}
        taught[-1].double()
    losses, rates = [], []
    for step in range(STEPS):
        places = list(range(step % EPOCH * 16, min(step % EPOCH * 16 + 16, 40)))
        logits = forward(model, places, step + 1, dropout, input_dropout)
        loss = measure(logits, y[places])
        if taught:
            targets = sum((teacher(X[places]) / temperature).softmax(1) for teacher in taught) / teachers
            divergence = torch.nn.functional.kl_div(
                (logits / temperature).log_softmax(1), targets.detach(), reduction="batchmean")
            loss = (1 - share) * loss + share * temperature**2 * divergence
        optimizer.zero_grad()
        loss.backward()
        if clip:
            torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if bound:
            with torch.no_grad():
                for part in model:
                    if isinstance(part, torch.nn.Linear):
                        part.weight.copy_(torch.renorm(part.weight, 2, 0, bound))
        if mean:
            mean.update_parameters(model)
        if schedule:
            schedule.step()
        losses.append(loss.item())
    tensors |= {f"{name}/end/{key}": value for key, value in parameters(mean.module if mean else model).items()}
    tensors[f"{name}/losses"] = torch.tensor(losses, dtype=torch.float32)
    tensors[f"{name}/rates"] = torch.tensor(rates, dtype=torch.float32)


tensors = {}
for name, recipe in RECIPES.items():
    train(name, tensors, **recipe)
save_file(tensors, os.path.join(here, "torch-recipes.safetensors"))
