#!/usr/bin/python3
"""Writes the averaged weights of a run, at any time of it, as assets/models/NAME.safetensors (float16)."""
import argparse
import datetime
import json
from pathlib import Path

import common
import numpy as np
import torch
import weights


def metadata(state):
    recipe = state["recipe"]
    student = {"guidance": f"{recipe['guidance']:g}"} if "guidance" in recipe else {}
    return {
        "name": recipe["name"], "label": recipe["label"], "architecture": json.dumps(recipe["architecture"]),
        "prediction": "v", "size": recipe["size"], "class_names": json.dumps(recipe["class_names"]),
        "data": recipe["data_text"], "license": recipe["license"], "command": state["command"],
        "recipe_sha256": recipe["sha256"], "images_seen": str(state["images"]),
        "training_minutes": f"{state['elapsed'] / 60:.0f}",
        "created": datetime.date.today().isoformat(), **student,
    }


def half(tensor):
    """float16 for tensors of two or more dimensions; norms and biases stay float32: they are few."""
    a = tensor.detach().cpu().float().contiguous().numpy()
    if a.ndim < 2:
        return a
    if np.abs(a).max() > 65000:
        raise SystemExit("a weight is too large for float16: the run has diverged")
    return a.astype(np.float16)


def export(checkpoint, out):
    state = torch.load(checkpoint, map_location="cpu")
    weights.save(out, {name: half(t) for name, t in state["ema"].items()}, metadata(state))
    return state


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="name of the run")
    parser.add_argument("--runs", type=Path, default=common.cache("runs"))
    parser.add_argument("--out", type=Path, help="default: assets/models/NAME.safetensors")
    args = parser.parse_args()
    checkpoint = args.runs / args.model / "checkpoint.pt"
    if not checkpoint.is_file():
        raise SystemExit(f"{checkpoint} is missing: train.py --model {args.model} writes it")
    out = args.out or common.MODELS / f"{args.model}.safetensors"
    state = export(checkpoint, out)
    print(f"{out}: {out.stat().st_size / 1e6:.2f} MB, step {state['step']}, {state['images']:,} images, "
          f"{state['elapsed'] / 60:.0f} minutes")


if __name__ == "__main__":
    main()
