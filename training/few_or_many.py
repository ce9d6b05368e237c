#!/usr/bin/python3
"""Learned, or learned by heart? Networks trained equally long on 10, 100, 1,000 and 10,000 faces, each twice, on sets A and B
that have no face in common (after Kadkhodaie, Guth, Simoncelli and Mallat, ICLR 2024): few_or_many.py train | measure

train goes on where it was, the two ends first; a larger --steps trains all of them further. measure gives the same noise
to A and to B, and tells how alike their answers are and how far from the nearest face that they learned from."""
import argparse
import copy
import json
import subprocess
import sys
from pathlib import Path

import common
import data
import diffusion
import judging
import numpy as np
import pictures
import torch
from model import UNet

COUNTS = (10, 10000, 100, 1000)  # in the order of training


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("what", choices=["train", "measure"])
    p.add_argument("--counts", type=int, nargs="+", default=COUNTS)
    p.add_argument("--steps", type=int, default=400, help="of training, for each network")
    p.add_argument("--samples", type=int, default=200)
    p.add_argument("--ddim", type=int, default=50, help="steps of a sample")
    p.add_argument("--runs", type=Path, default=common.cache("runs", "few-or-many"))
    p.add_argument("--data", type=Path, default=common.cache("data"))
    p.add_argument("--sheets", type=Path, help="a folder for the sheet of answers")
    p.add_argument("--recipe", default="toons", help=argparse.SUPPRESS)
    return p.parse_args()


def name_of(count, which):
    return f"toons-{count}-{which}"


def recipe_of(args, count, which):
    recipe = copy.deepcopy(common.read_recipe(args.recipe))
    recipe["name"] = name_of(count, which)
    recipe["data"].update(faces=count, set=which)
    recipe["data_text"] = f"{count:,} of: {recipe['data_text']} (set {which})"
    return recipe


def train(args):
    args.runs.mkdir(parents=True, exist_ok=True)
    for count in args.counts:
        for which in "AB":
            path = args.runs / f"{name_of(count, which)}.json"
            path.write_text(json.dumps(recipe_of(args, count, which), indent=1))
            subprocess.run([sys.executable, common.HERE / "train.py", "--model", path, "--steps", str(args.steps), "--minutes",
                            "100000", "--no-compile", "--runs", args.runs, "--data", args.data], check=True, stdout=sys.stderr)


class Answers:
    """What a network makes of noise, and how far that is from the faces that it learned from."""

    def __init__(self, args, count, which, noise):
        state = torch.load(args.runs / name_of(count, which) / "checkpoint.pt", map_location="cpu")
        net = UNet(state["recipe"]["architecture"]).eval()
        net.load_state_dict(state["ema"])
        self.steps, self.images = state["step"], state["images"]
        self.learned = data.load(state["recipe"]["data"], args.data).all_training()
        self.pictures = torch.cat([diffusion.ddim(net, part, args.ddim) for part in noise.split(50)])

    def nearest(self):
        """(distance, root mean square of 255; the face)"""
        distance, index = judging.nearest(flat(self.pictures), flat(self.learned))
        return rms(distance, self.pictures), self.learned[index]


def flat(x):
    return x.double().numpy().reshape(len(x), -1)


def rms(distance, x):
    return distance * 127.5 / np.sqrt(x[0].numel())


def alike(a, b, mean):
    """Correlation of pictures, less the mean face: 1 for the same picture, about 0 for two faces that have nothing to do with
    each other."""
    a, b = flat(a) - mean, flat(b) - mean
    return (a * b).sum(1) / np.sqrt((a * a).sum(1) * (b * b).sum(1))


def compare(a, b, mean):
    """One row: how alike A's and B's answers are, and how near to what each learned from."""
    own = np.concatenate([a.nearest()[0], b.nearest()[0]])
    apart = rms(np.linalg.norm(flat(a.pictures) - flat(b.pictures), axis=1), a.pictures)
    return {"alike": np.median(alike(a.pictures, b.pictures, mean)), "apart": np.median(apart), "own": np.median(own)}


def measure(args):
    torch.manual_seed(7)
    side = int(common.read_recipe(args.recipe)["size"])
    noise = torch.randn(args.samples, 1, side, side)
    done = [n for n in sorted(args.counts) if all((args.runs / name_of(n, w) / "checkpoint.pt").is_file() for w in "AB")]
    if not done:
        sys.exit("nothing is trained yet: few_or_many.py train")
    every = {w: data.load(recipe_of(args, max(COUNTS), w)["data"], args.data) for w in "AB"}
    mean = flat(every["A"].all_training()).mean(0)
    new, _ = every["A"].held_out(args.samples)
    other = new.roll(1, 0)
    print(f"{args.samples} answers to the same noise, DDIM, {args.ddim} steps; medians, distances root mean square of 255\n")
    print("| faces | images seen | A's and B's answers: correlation | apart | from the nearest face it learned from | "
          "a new face from the nearest of these |\n|" + " --- |" * 6)
    rows = []
    for count in done:
        a, b = (Answers(args, count, which, noise) for which in "AB")
        found = compare(a, b, mean)
        unseen = np.median(rms(judging.nearest(flat(new), flat(a.learned))[0], new))
        print(f"| {count:,} | {a.images:,} | {found['alike']:.3f} | {found['apart']:.1f} | {found['own']:.1f} | {unseen:.1f} |",
              flush=True)
        rows += [a.nearest()[1][:16], a.pictures[:16], b.pictures[:16], b.nearest()[1][:16]]
    print(f"| two new faces | | {np.median(alike(new, other, mean)):.3f} | "
          f"{np.median(rms(np.linalg.norm(flat(new) - flat(other), axis=1), new)):.1f} | | |")
    if args.sheets:
        args.sheets.mkdir(parents=True, exist_ok=True)
        pictures.sheet(args.sheets / "few-or-many.png", torch.cat(rows), 16, zoom=2)


if __name__ == "__main__":
    options = arguments()
    {"train": train, "measure": measure}[options.what](options)
