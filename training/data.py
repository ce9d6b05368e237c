"""Batches of training pictures, with the whole data set in memory (the GPU's, where there is one)."""
import sys

import common
import numpy as np
import torch
import torch.nn.functional as F


def open_cache(folder, name, what):
    path = folder / name
    if not path.is_file():
        sys.exit(f"{path} is missing: run get_data.py {what} first (see README.md)")
    return np.load(path)


class Digits:
    """MNIST padded to 32×32, with its classes."""

    def __init__(self, folder, device, config):
        arrays = open_cache(folder, "mnist.npz", "digits")
        tensor = lambda name: torch.from_numpy(arrays[name]).to(device)
        self.pictures, self.labels = tensor("train"), tensor("train_labels").long()
        self.test, self.test_labels = tensor("test"), tensor("test_labels").long()

    def batch(self, n):
        pick = torch.randint(len(self.pictures), (n,), device=self.pictures.device)
        return unit(self.pictures[pick][:, None], 2), self.labels[pick]

    def held_out(self, n):
        return unit(self.test[:n, None], 2), self.test_labels[:n]


class Photos:
    """Crops of photographs at several scales, in the eight orientations."""

    def __init__(self, folder, device, config):
        arrays = open_cache(folder, "photos.npz", "photo --photos DIR")
        self.side = config["size"]
        names = [n for n in arrays.files if n.startswith("train/") and n.split("/")[1] in config["scale_weights"]]
        pictures = [arrays[n] for n in names]
        self.pixels = torch.from_numpy(np.concatenate([p.reshape(-1, 3) for p in pictures])).to(device)
        sizes = torch.tensor([p.shape[:2] for p in pictures], device=device)
        self.height, self.width = sizes[:, 0], sizes[:, 1]
        self.start = (self.height * self.width).cumsum(0) - self.height * self.width
        self.weight = torch.tensor([float(config["scale_weights"][n.split("/")[1]]) for n in names], device=device)
        self.validation = [arrays[n] for n in sorted(arrays.files) if n.startswith("validation/0.25/")]

    def batch(self, n):
        device, side = self.pixels.device, self.side
        k = torch.multinomial(self.weight, n, replacement=True)
        y = (torch.rand(n, device=device) * (self.height[k] - side + 1)).long()
        x = (torch.rand(n, device=device) * (self.width[k] - side + 1)).long()
        step = torch.arange(side, device=device)
        row = self.width[k][:, None] * (y[:, None] + step)  # (n, side)
        index = self.start[k][:, None, None] + row[:, :, None] + (x[:, None] + step)[:, None, :]
        crops = self.pixels[index].permute(0, 3, 1, 2)
        turned = [turn(crop, o) for crop, o in zip(crops, torch.randint(8, (n,)).tolist())]
        return unit(torch.stack(turned)), None

    def held_out(self, n):
        """A 128×128 crop from the middle of each validation photograph."""
        crops = []
        for picture in self.validation[:n]:
            y, x = picture.shape[0] // 2 - 64, picture.shape[1] // 2 - 64
            crops.append(torch.from_numpy(picture[y:y + 128, x:x + 128].copy()).permute(2, 0, 1))
        return unit(torch.stack(crops)).to(self.pixels.device), None


def turn(picture, orientation):
    if orientation & 4:
        picture = picture.transpose(1, 2)
    axes = [axis for axis, bit in ((1, 1), (2, 2)) if orientation & bit]
    return picture.flip(axes) if axes else picture


def unit(bytes_, border=0):
    """0…255 to −1…1, with a border of black around."""
    return F.pad(bytes_.float() / 127.5 - 1, [border] * 4, value=-1.0)


def load(config, folder=None, device="cpu"):
    return {"mnist": Digits, "photos": Photos}[config["kind"]](folder or common.cache("data"), device, config)
