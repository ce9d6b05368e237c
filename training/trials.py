#!/usr/bin/python3
"""Compares choices of a recipe on short runs of the same number of images: trials.py digits [--steps 600]

Each variant differs from the recipe in one thing. Printed as Markdown: the error of v on held-out pictures at four
log-SNRs (of the moving average), and the processor seconds that the run took. Runs are kept in the cache and not run again."""
import argparse
import copy
import json
import resource
import subprocess
import sys
from pathlib import Path

import common

UNIFORM = {"kind": "knots", "at": [-10, 10], "mass": [1]}
VARIANTS = {
    "the recipe": {},
    "log-SNR uniform from -10 to 10": {"train": {"lambda": UNIFORM}},
    "no pixel-unshuffle": {"architecture": {"patch": 1}},
    "pixel norm": {"architecture": {"norm": "pixel"}},
    "group norm": {"architecture": {"norm": "group"}},
    "a third of the rate": {"train": {"rate": 3e-4}},
    "three times the rate": {"train": {"rate": 3e-3}},
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", choices=["digits", "doodles", "icons", "faces", "photo"])
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--runs", type=Path, default=common.cache("runs", "trials"))
    args = parser.parse_args()
    recipe = common.read_recipe(args.model)
    print("| variant | " + " | ".join(f"log-SNR {lam}" for lam in (-6, -2, 2, 6)) + " | seconds |\n|" + " --- |" * 6, flush=True)
    for number, (what, changes) in enumerate(VARIANTS.items()):
        variant = copy.deepcopy(recipe)
        for part, values in changes.items():
            variant[part].update(values)
        if variant == recipe and changes:
            continue  # the recipe does so already
        variant["name"] = f"{args.model}-{args.steps}-{number}"
        losses, seconds = result(variant, args)
        print(f"| {what} | " + " | ".join(f"{losses[lam]:.4f}" for lam in ("-6", "-2", "2", "6")) + f" | {seconds:.0f} |", flush=True)


def result(recipe, args):
    """Held-out losses and seconds of a run, which is made unless it was."""
    folder = args.runs / recipe["name"]
    done = folder / "trial.json"
    if done.is_file() and json.loads(done.read_text())["recipe"] == recipe:
        there = json.loads(done.read_text())
        return there["losses"], there["seconds"]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "recipe.json"
    path.write_text(json.dumps(recipe))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    train = [sys.executable, str(Path(__file__).with_name("train.py")), "--model", str(path), "--steps", str(args.steps)]
    limits = ["--minutes", "100000", "--threads", str(args.threads), "--runs", str(args.runs), "--no-resume"]
    subprocess.run(train + limits, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    losses = json.loads((folder / "held_out.jsonl").read_text().splitlines()[-1])
    done.write_text(json.dumps({"recipe": recipe, "losses": losses, "seconds": seconds}))
    return losses, seconds


if __name__ == "__main__":
    main()
