"""What trainings with injected faults have in common, whatever framework does them: data, statements, labels, the command line."""
import argparse
import csv
import os
import random
import sys

from pictures import textures

FAULTS = {}


def fault(f):
    """Registers a training under its name: one underscore is a dash, three part the fault from its variant."""
    FAULTS[f.__name__.replace("___", "__").replace("_", "-").replace("--", "__")] = f
    return f


class Case:
    """One training: what it is given, and what its author would state about it."""

    def __init__(self, out, fault, seed, rng):
        self.out, self.fault, self.seed, self.rng = out, fault, seed, rng
        self.facts = []
        self.also = ""

    def say(self, fact):
        self.facts.append(fact)

    def data(self, n=None, v=None, classes=None, noise=None, **kw):
        r = self.rng
        self.classes = classes or int(r.choice([2, 3, 5, 10]))
        self.n = n or int(r.choice([1500, 2000, 3000]))
        self.v = v or int(r.choice([600, 1000, 1500]))
        noise = noise if noise is not None else float(r.uniform(0.8, 1.6))
        x, y = textures(r, self.n, self.classes, noise=noise, **kw)
        xv, yv = textures(r, self.v, self.classes, noise=noise, sort=kw.get("sort", False))
        self.say(f"{self.n} training images, {self.v} validation images, {self.classes} classes")
        return x, y, xv, yv

    def file(self, name):
        return os.path.join(self.out, name)

    def label(self, name, labels):
        with open(self.file(name + ".facts"), "w") as f:
            f.write("\n".join(self.facts) + "\n")
        labels.writerow([name, "healthy" if self.fault.startswith("healthy") else self.fault.split("__")[0], self.also])


def main(start, done=lambda: None):
    """Does what the command line asks for. start(out, fault, seed) makes a case, done is called after each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--only")
    parser.add_argument("--exact")
    parser.add_argument("--shuffle", action="store_true",
                        help="the trainings of a seed in an order drawn from it, so that a pass that is cut off is a fair sample of them")
    parser.add_argument("--resume", action="store_true", help="leaves out the trainings that labels.csv names already")
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    kept = os.path.join(args.out, "labels.csv")
    known = set()
    if args.resume and os.path.exists(kept):
        with open(kept, newline="") as f:
            known = {row[0] for row in csv.reader(f)}
    with open(kept, "a" if args.only or args.exact or args.first or args.resume else "w", newline="") as f:
        labels = csv.writer(f)
        for seed in range(args.first, args.first + args.seeds):
            order = list(FAULTS.items())
            if args.shuffle:
                random.Random(seed).shuffle(order)
            for name, make in order:
                if args.exact and name != args.exact or args.only and not name.startswith(args.only):
                    continue
                if f"{name}-{seed}" in known:
                    continue
                case = start(args.out, name, seed)
                make(case)
                case.finish(labels)
                f.flush()
                done()
            print("seed", seed, file=sys.stderr, flush=True)
