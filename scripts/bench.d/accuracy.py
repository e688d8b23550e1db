"""How long training takes to an accuracy of the test set, beside PyTorch with the same recipes.

Called by scripts/bench --accuracy, which builds the tools and finds the data.
"""

import argparse
import csv
import json
import os
import pathlib
import statistics

from bench import duration, figures, has, peer_report, processors, shell, use_threads, wall

RECIPES = pathlib.Path(__file__).with_name("recipes.tsv")


class Recipe:
    """The sizes and nn-train's options that give an accuracy, in percent, and the seeds that it is tried with."""

    def __init__(self, accuracy, sizes, seeds, options):
        self.accuracy, self.sizes, self.options, self.seeds = float(accuracy), sizes, options, int(seeds)

    def ours(self, seed, threads):
        """Seconds of nn-train as a command, and the accuracy of the model that it writes."""
        shell(f"nn-init {self.sizes} --seed {seed} > start")
        seconds = wall(f"nn-train start --data train {self.options} --seed {seed} --threads {threads} -q -o end")
        shell("nn-eval end --data test --json > told.json")
        return seconds, json.load(open("told.json"))["accuracy"]

    def pytorch(self, seed, threads, patience):
        """Seconds of training in PyTorch, and the accuracy if it trained to the end."""
        told = peer_report("peer_torch_recipe.py", seed, threads, patience, self.sizes, *self.options.split())
        return told["seconds"], told["accuracy"]

    def result(self, threads, patience):
        """Both in turn, seed by seed; PyTorch only once where it doesn't train to the end."""
        runs = {"ours": [], "pytorch": []}
        for seed in range(1, self.seeds + 1):
            runs["ours"].append(self.ours(seed, threads))
            if has("torch") and all(accuracy is not None for _, accuracy in runs["pytorch"]):
                runs["pytorch"].append(self.pytorch(seed, threads, patience))
        told = {name: summary(run) for name, run in runs.items() if run}
        return {"accuracy": self.accuracy / 100, "sizes": self.sizes, "options": self.options, **told}


def summary(runs):
    """Figures of the seconds, and the mean and standard deviation of the accuracies if there are any."""
    accuracies = [accuracy for _, accuracy in runs if accuracy is not None]
    return {
        **figures([seconds for seconds, _ in runs]),
        "mean_accuracy": statistics.fmean(accuracies) if accuracies else None,
        "accuracy_deviation": statistics.stdev(accuracies) if len(accuracies) > 1 else None,
    }


def recipes(limit):
    with open(RECIPES, newline="") as file:
        every = [Recipe(**row) for row in csv.DictReader(file, delimiter="\t")]
    return [recipe for recipe in every if recipe.accuracy <= limit]


def percent(told):
    if told["mean_accuracy"] is None:
        return "(computed)"
    deviation = told["accuracy_deviation"]
    return f"{100 * told['mean_accuracy']:.2f}" + ("" if deviation is None else f" ± {100 * deviation:.2f}") + " %"


def line(result):
    columns = [f"{100 * result['accuracy']:.1f} %"]
    for name in ("ours", "pytorch"):
        told = result.get(name)
        columns += [duration(told["median"]), percent(told)] if told else ["-", "-"]
    ratio = f"{result['pytorch']['median'] / result['ours']['median']:.1f} x" if "pytorch" in result else "-"
    return columns + [ratio, f"{result['sizes'].replace(' ', '-')} {result['options']}"]


def table(results):
    widths = [7, 9, 15, 9, 15, 8, 0]
    head = ["to", "ours", "accuracy", "PyTorch", "accuracy", "ratio", "recipe"]
    return "\n".join(
        "  ".join(f"{value:>{width}}" for value, width in zip(columns, widths)) for columns in [head, *map(line, results)])


def main():
    parser = argparse.ArgumentParser(prog="bench --accuracy")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--threads", type=int, default=processors())
    options = parser.parse_args()
    use_threads(options.threads)
    shell("mnist-prepare \"$MNIST_DIR\" --part train -q -o train; mnist-prepare \"$MNIST_DIR\" --part test -q -o test")
    limit, patience = (99, 20) if options.quick else (100, 120)
    results = [recipe.result(options.threads, patience) for recipe in recipes(limit)]
    print(json.dumps({"threads": options.threads, "recipes": results}, indent=1) if options.json else table(results))


if __name__ == "__main__":
    main()
