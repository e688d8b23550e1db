"""Runs our tools and every peer that is there, in turn, and tells the ratios of their medians.

Called by scripts/bench, which builds the tools and finds the data.
"""

import argparse
import importlib.util
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent


class Job:
    """A piece of work, and who does it: each a function that does it once and gives seconds."""

    def __init__(self, name, contenders, runs, multiply_adds=None):
        self.name, self.contenders, self.runs = name, contenders, runs
        self.multiply_adds = multiply_adds
        self.seconds = {contender: [] for contender in contenders}

    def run(self):
        """One after the other, again and again, so that what disturbs the machine disturbs all alike."""
        for number in range(max(self.runs.values())):
            for contender, once in self.contenders.items():
                if number < self.runs[contender]:
                    self.seconds[contender].append(once())

    def result(self, peak):
        ours = statistics.median(self.seconds["ours"])
        result = {"job": self.name, "ours": figures(self.seconds["ours"])}
        if self.multiply_adds and peak:
            result["share_of_peak"] = 2 * self.multiply_adds / ours / peak
        result["peers"] = {
            peer: {**figures(seconds), "ratio": statistics.median(seconds) / ours,
                   "ratio_min": min(seconds) / max(self.seconds["ours"]),
                   "ratio_max": max(seconds) / min(self.seconds["ours"])}
            for peer, seconds in self.seconds.items() if peer != "ours"
        }
        return result


def figures(seconds):
    return {"median": statistics.median(seconds), "min": min(seconds), "max": max(seconds), "runs": len(seconds)}


def has(module):
    return importlib.util.find_spec(module) is not None


def shell(script):
    subprocess.run(["sh", "-euc", script], check=True, stdout=subprocess.DEVNULL)


def peer(script, *arguments):
    """Seconds that a peer's script reports for itself, its start-up and loading left out."""
    return peer_report(script, *arguments)["seconds"]


def peer_report(script, *arguments):
    run = subprocess.run(
        [sys.executable, HERE / script, *map(str, arguments)], check=True, capture_output=True, text=True,
        env=peer_environment())
    return json.loads(run.stdout)


def peer_environment():
    """Peers at their best: without what holds NumPy's OpenBLAS to an older processor's instructions or cache."""
    return {name: value for name, value in os.environ.items()
            if name not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "NPY_DISABLE_CPU_FEATURES")}


def wall(script):
    start = time.perf_counter()
    shell(script)
    return time.perf_counter() - start


def hyperfine(command, runs):
    """Seconds of each run of a whole process, by hyperfine if it is there."""
    if not shutil.which("hyperfine"):
        return [wall(command) for _ in range(runs + 2)][2:]
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        subprocess.run(
            ["hyperfine", "-N", "--warmup", "3", "--runs", str(runs), "--export-json", file.name, command],
            check=True, capture_output=True)
        return json.load(open(file.name))["results"][0]["times"]


def epoch_seconds(command, log):
    """The median time between the epochs of a training log, the first of them left out: it warms up."""
    shell(command)
    ends = [float(line.rsplit("\t", 1)[1]) for line in open(log).read().splitlines()[1:]]
    return statistics.median(later - sooner for sooner, later in zip(ends, ends[1:]))


def course_job(options):
    iterations = 2000
    train = (
        f"nn-train course-start --data course5k --optimizer sgd --batch-size full --iterations {iterations} "
        f"--learning-rate 0.0075 --threads {options.threads} -q -o course-end"
    )
    shell("mnist-prepare \"$MNIST_DIR\" --part train --take 5000 --scale 1/256 -q -o course5k")
    shell("nn-init 784 45 10 --init normal --std 0.1 --seed 2 > course-start")
    contenders = {"ours": lambda: wall(train) / iterations}
    if has("numpy"):
        # Some of the iterations are enough to time one.
        some = 50 if options.quick else 200
        for dtype in ("float64", "float32"):
            contenders[f"numpy {dtype}"] = lambda dtype=dtype: peer("peer_numpy.py", dtype, some)
    runs = {name: options.repetitions for name in contenders}
    return Job("course's run, an iteration: 5000 x 784-45-10, full batch", contenders, runs,
               multiply_adds=multiply_adds("784-45-10", "course5k"))


def epoch_job(options, sizes, dense=False):
    data = "dense" if dense else "train"
    name = f"epoch {sizes}, batch 128, Adam" + (", no pixel zero" if dense else "")
    epochs = 4 if options.quick else 6
    shell(f"nn-init {sizes.replace('-', ' ')} > start-{sizes}")
    train = f"nn-train start-{sizes} --data {data} --epochs {epochs} --threads {options.threads} --log log -q -o end"
    contenders = {"ours": lambda: epoch_seconds(train, "log")}
    if has("torch"):
        extra = ["dense"] if dense else []
        contenders["pytorch"] = lambda: peer("peer_torch.py", sizes, 2 if options.quick else 3, options.threads, *extra)
    if has("sklearn") and sizes == "784-128-10" and not dense:
        contenders["scikit-learn"] = lambda: peer("peer_sklearn.py", sizes, 2 if options.quick else 3)
    runs = {name: options.repetitions for name in contenders}
    return Job(name, contenders, runs, multiply_adds=multiply_adds(sizes, data))


def multiply_adds(sizes, data):
    """Products that have to be done to go through the data once: with pixels that are not zero, forward and for the
    gradient, and in the later layers forward, for the gradient and back."""
    sizes = [int(size) for size in sizes.split("-")]
    pixels = pixels_of(data)
    later = sum(a * b for a, b in zip(sizes[1:], sizes[2:]))
    return 2 * (len(pixels) - pixels.count(0)) * sizes[1] + 3 * len(pixels) // sizes[0] * later


def pixels_of(path):
    data = pathlib.Path(path).read_bytes()
    length = int.from_bytes(data[:8], "little")
    start, end = json.loads(data[8 : 8 + length])["images"]["data_offsets"]
    return data[8 + length + start : 8 + length + end]


def make_dense():
    """The training data with every zero pixel made 1."""
    data = bytearray(open("train", "rb").read())
    length = int.from_bytes(data[:8], "little")
    start, end = json.loads(data[8 : 8 + length])["images"]["data_offsets"]
    start, end = start + 8 + length, end + 8 + length
    data[start:end] = data[start:end].replace(b"\0", b"\1")
    open("dense", "wb").write(data)


# What converters in Python need.
NEEDS = {"csv": [], "numpy": ["numpy"], "pillow": ["PIL", "numpy"], "pyarrow": ["pyarrow", "PIL", "numpy"]}


def conversion_jobs(options):
    """Whole commands against Python doing the same, its start-up left out."""
    count = 10000 if options.quick else 20000
    images = os.environ["MNIST_DIR"] + "/train-images-idx3-ubyte.gz"
    shell(f"mnist-prepare train --take {count} -q -o some.safetensors; mnist-prepare some.safetensors -q -o some.npz")
    shell("mnist-prepare some.safetensors -q -o some.csv; mnist-prepare some.safetensors -q --to png -o some-png")
    shell("mnist-prepare some.safetensors -q -o some.parquet")
    ways = [
        (f"CSV of {count:,} digits in", "csv_in", "some.csv", "some.csv", "back.safetensors", ["numpy", "csv"]),
        (f"CSV of {count:,} digits out", "csv_out", "some.safetensors", "some.npz", "back.csv", ["numpy", "csv"]),
        (f"{count:,} PNG files in", "png_in", "some-png", "some-png", "back.safetensors", ["pillow"]),
        (f"{count:,} PNG files out", "png_out", "some.safetensors", "some.npz", "back-png/", ["pillow"]),
        (f"Parquet of {count:,} PNGs in", "parquet_in", "some.parquet", "some.parquet", "back.safetensors",
         ["pyarrow"]),
        (f"Parquet of {count:,} PNGs out", "parquet_out", "some.safetensors", "some.npz", "back.parquet", ["pyarrow"]),
        ("60,000 images out of gzip", "gzip_in", images, images, "back.safetensors", ["numpy"]),
    ]
    jobs = []
    for name, way, source, other, target, peers in ways:
        def ours(source=source, target=target):
            shell(f"rm -rf {target}")
            return wall(f"mnist-prepare '{source}' -q -o {target}")

        def theirs(way, other=other):
            target = "peer-" + way + (".npz" if "_in_" in way else "")
            shell(f"rm -rf {target}")
            return peer("peer_convert.py", way, other, target)

        contenders = {"ours": ours}
        for title in peers:
            if all(map(has, NEEDS[title])):
                contenders[title] = lambda way=f"{way}_{title}", theirs=theirs: theirs(way)
        jobs.append(Job(name, contenders, {title: min(options.repetitions, 5) for title in contenders}))
    return jobs


def commands(options):
    runs = 10 if options.quick else 30
    shell("nn-init 784 128 10 > m; rm -rf pictures; mnist-prepare \"$MNIST_DIR\" --part test --to png -q -o pictures")
    picture = str(next(pathlib.Path("pictures").rglob("*.png")))
    return [
        ("nn-init 784 128 10", hyperfine("nn-init 784 128 10", runs)),
        ("nn-predict of one picture", hyperfine(f"nn-predict --model m {picture}", runs)),
        ("nn-predict of 10,000 pictures", hyperfine("nn-predict --model m pictures", max(3, runs // 3))),
        ("nn-eval of 10,000", hyperfine("nn-eval --data test m", runs)),
        ("mnist-prepare --synthetic 20000", hyperfine("mnist-prepare --synthetic 20000 -q -o drawn", max(3, runs // 5))),
        ("mnist-prepare of 60,000 from .gz", hyperfine(
            "mnist-prepare {0}/train-images-idx3-ubyte.gz {0}/train-labels-idx1-ubyte.gz -q -o prepared".format(
                os.environ["MNIST_DIR"]), max(3, runs // 5))),
        ("mnist-98.sh, .gz files to accuracy", [
            wall(f"sh '{HERE.parent}/pipelines/mnist-98.sh' 2>/dev/null") for _ in range(3 if options.quick else 7)]),
    ]


def table(results, times, peak):
    lines = [f"multiply-add peak, one core: {peak / 1e9:.1f} GFLOP/s"] if peak else []
    lines.append(f"{'job':58} {'ours':>9}  {'of peak':>7}  peer: its time, ratio (min-max)")
    for result in results:
        share = f"{100 * result['share_of_peak']:.0f} %" if "share_of_peak" in result else ""
        peers = ";  ".join(
            f"{name}: {milliseconds(peer['median'])}, {peer['ratio']:.1f} x ({peer['ratio_min']:.1f}-{peer['ratio_max']:.1f})"
            for name, peer in result["peers"].items())
        lines.append(f"{result['job']:58} {milliseconds(result['ours']['median']):>9}  {share:>7}  {peers or '-'}")
    for name, seconds in times:
        spread = f"({milliseconds(min(seconds))}-{milliseconds(max(seconds))})"
        lines.append(f"{name:58} {milliseconds(statistics.median(seconds)):>9}  {'':>7}  {spread}")
    return "\n".join(lines)


def duration(seconds):
    return milliseconds(seconds) if seconds < 1 else f"{seconds:.{1 if seconds < 100 else 0}f} s"


def milliseconds(seconds):
    return f"{1000 * seconds:.{1 if seconds < 0.1 else 0}f} ms"


def measured_peak():
    """Operations a second of one core, from the fastest kernels."""
    run = subprocess.run(["nn-bench", "--peak", "--repetitions", "5"], check=True, capture_output=True, text=True)
    return max(float(line.split("\t")[3]) for line in run.stdout.splitlines()) * 1e9


def processors():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def use_threads(count):
    """Has every peer work with so many threads."""
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = str(count)


def main():
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--threads", type=int, default=processors())
    options = parser.parse_args()
    options.repetitions = 2 if options.quick else 7
    use_threads(options.threads)

    shell("mnist-prepare \"$MNIST_DIR\" --part train -q -o train; mnist-prepare \"$MNIST_DIR\" --part test -q -o test")
    make_dense()
    peak = measured_peak()
    jobs = [
        course_job(options), epoch_job(options, "784-128-10"), epoch_job(options, "784-256-10"),
        epoch_job(options, "784-512-256-10"), epoch_job(options, "784-128-10", dense=True), *conversion_jobs(options),
    ]
    for job in jobs:
        job.run()
    results = [job.result(peak * options.threads) for job in jobs]
    times = commands(options)
    if options.json:
        print(json.dumps({
            "threads": options.threads, "peak_flops_one_core": peak, "jobs": results,
            "commands": [{"command": name, **figures(seconds)} for name, seconds in times]}, indent=1))
    else:
        print(table(results, times, peak))


if __name__ == "__main__":
    main()
