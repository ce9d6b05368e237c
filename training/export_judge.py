#!/usr/bin/python3
"""Writes a trained classifier (classifier.py) for the window, as assets/judges/NAME.safetensors (float16): export_judge.py digits.
Its normalisation is folded into the convolutions."""
import sys

import classifier
import common
import data
import numpy as np
import torch
import weights

LICENCES = {"digits": "MNIST is commonly given as CC BY-SA 3.0; the weights are given on the same terms"}


def folded(conv, norm):
    """Weight and bias of the convolution with its normalisation."""
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return conv.weight * scale[:, None, None, None], norm.bias + (conv.bias - norm.running_mean) * scale


def tensors(net):
    found = {}
    for i, (conv, norm) in enumerate(zip(net.convs, net.norms)):
        found[f"convs.{i}.weight"], found[f"convs.{i}.bias"] = folded(conv, norm)
    for name in ("dense", "last"):
        layer = getattr(net, name)
        found[f"{name}.weight"], found[f"{name}.bias"] = layer.weight, layer.bias
    return {name: tensor.detach().numpy().astype(np.float16) for name, tensor in found.items()}


def main(what):
    dataset = data.load(common.read_recipe(what)["data"])
    net, accuracy = classifier.load(what, dataset)
    settings = classifier.JUDGES[what]
    out = common.MODELS.parent / "judges" / f"{what}.safetensors"
    weights.save(out, tensors(net), {"size": "32", "channels": str(settings["channels"]), "accuracy": f"{accuracy:.4f}",
                                     "licence": LICENCES[what], "made_by": "training/export_judge.py"})
    print(f"{out}: {out.stat().st_size // 1000} kB, {100 * accuracy:.2f} % of real {what} that were held out")


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in LICENCES:
        sys.exit(__doc__)
    main(sys.argv[1])
