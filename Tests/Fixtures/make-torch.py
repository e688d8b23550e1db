#!/usr/bin/env python3
"""Makes torch.safetensors: networks trained by PyTorch for ten updates, batch after batch of 16, with each optimiser.

It holds `images` and `labels`; for each network `NET` its start as `NET/start/<i>.weight` and `.bias`; for each run
the parameters after it as `NET/RUN/<i>.…` and the loss before each update as `NET/RUN/losses`. It also makes
torch-model.safetensors, a state dict as PyTorch saves it, and torch-model-answers.safetensors, what that model answers
to the images.
Run: python3 make-torch.py
"""
import os

import torch
from safetensors.torch import save_file

here = os.path.dirname(os.path.abspath(__file__))
NETS = {
    "relu": ([12, 8, 5], torch.nn.ReLU), "sigmoid": ([12, 8, 5], torch.nn.Sigmoid),
    "tanh": ([12, 8, 5], torch.nn.Tanh), "deep-relu": ([12, 9, 7, 5], torch.nn.ReLU),
    "deep-sigmoid": ([12, 9, 7, 5], torch.nn.Sigmoid), "deep-tanh": ([12, 9, 7, 5], torch.nn.Tanh),
    "linear": ([12, 5], torch.nn.ReLU),
}
RUNS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
    "sgd-decay": lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.05),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9),
    "momentum-decay": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=0.05),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "adam-decay": lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.05),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.01),
    "adamw-decay": lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.2),
}


def sequential(sizes, activation):
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [torch.nn.Linear(inputs, outputs), activation()]
    return torch.nn.Sequential(*layers[:-1])


def parameters(model):
    """Under the names that a ReLU between all layers gives them."""
    return {name: value.detach().to(torch.float32).clone() for name, value in model.state_dict().items()}


torch.manual_seed(4)
images = torch.randint(0, 256, (40, 3, 4), dtype=torch.uint8)
# Background, as most of a digit's picture is; and a pixel that is never set.
images[torch.rand(40, 3, 4) < 0.5] = 0
images[:, 1, 2] = 0
labels = torch.randint(0, 5, (40,), dtype=torch.uint8)
X, y = images.reshape(40, 12).to(torch.float64) / 255, labels.long()
tensors = {"images": images, "labels": labels}

for net, (sizes, activation) in NETS.items():
    start = parameters(sequential(sizes, activation))
    tensors |= {f"{net}/start/{name}": value for name, value in start.items()}
    for run, make in RUNS.items():
        # In double precision, from a start that Float holds exactly.
        model = sequential(sizes, activation).double()
        model.load_state_dict(start)
        optimizer, losses = make(model.parameters()), []
        for step in range(10):
            places = slice(step % 3 * 16, min(step % 3 * 16 + 16, 40))
            loss = torch.nn.functional.cross_entropy(model(X[places]), y[places])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        tensors |= {f"{net}/{run}/{name}": value for name, value in parameters(model).items()}
        tensors[f"{net}/{run}/losses"] = torch.tensor(losses, dtype=torch.float32)
save_file(tensors, os.path.join(here, "torch.safetensors"))

model = sequential(*NETS["deep-relu"])
save_file(model.state_dict(), os.path.join(here, "torch-model.safetensors"))
answers = torch.softmax(model(X.float()), dim=1).detach()
save_file({"probabilities": answers}, os.path.join(here, "torch-model-answers.safetensors"))
