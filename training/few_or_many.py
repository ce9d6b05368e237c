#!/usr/bin/python3
"""Learned, or learned by heart? Networks trained equally long on 10, 100, 1,000 and 10,000 faces, each twice, on sets A and B
that have no face in common (after Kadkhodaie, Guth, Simoncelli and Mallat, ICLR 2024): few_or_many.py train | export | measure

train goes on where it was, the two ends first; a larger --steps trains all of them further. export gives the program the
networks, and the first thousand faces of each set. measure gives the same noise to A and to B, and tells how alike their
answers are and how far from the nearest face that they learned from; the program has these figures too."""
import argparse
import copy
import json
import subprocess
import sys
from pathlib import Path

import common
import data
import diffusion
import export
import judging
import numpy as np
import pictures
import torch
import weights
from model import UNet
from PIL import Image

COUNTS = (10, 10000, 100, 1000)  # in the order of training
SHOWN, COLUMNS = 1000, 40  # of each set the program has so many faces, in rows of so many
MEASUREMENTS = common.MODELS.parent / "measurements"


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("what", choices=["train", "export", "measure"])
    p.add_argument("--counts", type=int, nargs="+", default=COUNTS)
    p.add_argument("--steps", type=int, default=400, help="of training, for each network")
    p.add_argument("--samples", type=int, default=200)
    p.add_argument("--ddim", type=int, default=50, help="steps of a sample")
    p.add_argument("--runs", type=Path, default=common.cache("runs", "few-or-many"))
    p.add_argument("--data", type=Path, default=common.cache("data"))
    p.add_argument("--weights", type=Path, default=common.MODELS / "few-or-many", help="the folder of the exported networks")
    p.add_argument("--measurements", type=Path, default=MEASUREMENTS, help="the folder for faces and figures")
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


def give(args):
    """The networks, as far as they are trained, and what the program shows of the sets."""
    for count in args.counts:
        for which in "AB":
            checkpoint = args.runs / name_of(count, which) / "checkpoint.pt"
            if checkpoint.is_file():
                state = torch.load(checkpoint, map_location="cpu")
                state["recipe"]["label"] = f"{count:,} grey faces, set {which}"
                state["command"] = f"training/few_or_many.py train --counts {count} --steps {state['step']}"
                path = args.weights / f"{name_of(count, which)}.safetensors"
                weights.save(path, {name: export.half(t) for name, t in state["ema"].items()}, export.metadata(state))
                print(f"{path}: {path.stat().st_size / 1e6:.2f} MB, step {state['step']}, {state['elapsed'] / 60:.0f} minutes")
    for which in "AB":
        faces = data.load(recipe_of(args, SHOWN, which)["data"], args.data).pictures[:, 0].numpy()
        write_set(args.measurements / f"few-or-many-{which}.json", faces, f"faces of set {which}")


def write_set(path, faces, title):
    """Grey pictures as a set for the program (picture_set.h)."""
    side = faces.shape[1]
    sheet = np.full((-(-len(faces) // COLUMNS) * COLUMNS, side, side), 255, np.uint8)
    sheet[:len(faces)] = faces
    sheet = sheet.reshape(-1, COLUMNS, side, side).transpose(0, 2, 1, 3).reshape(-1, COLUMNS * side)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(sheet).save(path.with_suffix(".png"), optimize=True)
    entry = {"title": f"{len(faces):,} {title}", "picture": path.with_suffix(".png").name, "side": side, "columns": COLUMNS,
             "names": [str(n + 1) for n in range(len(faces))]}
    path.write_text(json.dumps(entry, ensure_ascii=False) + "\n")


class Answers:
    """What a network makes of noise, and how far that is from the faces that it learned from."""

    def __init__(self, args, count, which, noise):
        tensors, self.metadata = weights.load(args.weights / f"{name_of(count, which)}.safetensors")
        net = UNet(json.loads(self.metadata["architecture"])).eval()
        net.load_state_dict({k: torch.from_numpy(np.float32(t)) for k, t in tensors.items()})
        self.images = int(self.metadata["images_seen"])
        self.learned = data.load(recipe_of(args, count, which)["data"], args.data).all_training()
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
    """How alike A's and B's answers are, and how near to what each learned from; for every answer."""
    own = np.concatenate([a.nearest()[0], b.nearest()[0]])
    apart = rms(np.linalg.norm(flat(a.pictures) - flat(b.pictures), axis=1), a.pictures)
    return {"alike": alike(a.pictures, b.pictures, mean), "apart": apart, "own": own}


def median(values):
    return round(float(np.median(values)), 3)


def measure(args):
    torch.manual_seed(7)
    side = int(common.read_recipe(args.recipe)["size"])
    noise = torch.randn(args.samples, 1, side, side)
    done = [n for n in sorted(args.counts) if all((args.weights / f"{name_of(n, w)}.safetensors").is_file() for w in "AB")]
    if not done:
        sys.exit("there are no networks yet: few_or_many.py train, then export")
    every = {w: data.load(recipe_of(args, SHOWN, w)["data"], args.data) for w in "AB"}
    mean = flat(torch.cat([every[w].all_training() for w in "AB"])).mean(0)
    new, _ = every["A"].held_out(args.samples)
    other = new.roll(1, 0)
    print(f"{args.samples} answers to the same noise, DDIM, {args.ddim} steps; medians, distances root mean square of 255\n")
    print("| faces | images seen | A's and B's answers: correlation | apart | from the nearest face it learned from | "
          "a new face from the nearest of these |\n|" + " --- |" * 6)
    rows, sheet = [], []
    for count in done:
        a, b = (Answers(args, count, which, noise) for which in "AB")
        row = {"faces": count, "images_seen": a.images, **{k: median(v) for k, v in compare(a, b, mean).items()},
               "unseen": median(rms(judging.nearest(flat(new), flat(a.learned))[0], new))}
        print(f"| {count:,} | {a.images:,} | {row['alike']:.3f} | {row['apart']:.1f} | {row['own']:.1f} | {row['unseen']:.1f} |",
              flush=True)
        rows.append(row)
        sheet += [a.nearest()[1][:16], a.pictures[:16], b.pictures[:16], b.nearest()[1][:16]]
    strangers = {"alike": median(alike(new, other, mean)),
                 "apart": median(rms(np.linalg.norm(flat(new) - flat(other), axis=1), new))}
    print(f"| two new faces | | {strangers['alike']:.3f} | {strangers['apart']:.1f} | | |")
    table = {"format": "noiseglass-few-or-many-1", "samples": args.samples, "steps": args.ddim, "strangers": strangers, "counts": rows}
    (args.measurements / "few-or-many.json").write_text(json.dumps(table, indent=1) + "\n")
    if args.sheets:
        args.sheets.mkdir(parents=True, exist_ok=True)
        pictures.sheet(args.sheets / "few-or-many.png", torch.cat(sheet), 16, zoom=2)


if __name__ == "__main__":
    options = arguments()
    {"train": train, "export": give, "measure": measure}[options.what](options)
