"""Batches of training pictures, with the whole data set in memory (the GPU's, where there is one)."""
import functools
import hashlib
import json
import math
import sys

import common
import numpy as np
import parts
import torch
import torch.nn.functional as F


def open_cache(folder, name, what):
    path = folder / name
    if not path.is_file():
        sys.exit(f"{path} is missing: run get_data.py {what} first (see README.md)")
    return np.load(path)


class Digits:
    """MNIST padded to 32×32, with its classes."""
    ground = -1  # what is where nothing is drawn

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

    def real(self):
        """What samples are compared with."""
        return self.held_out(len(self.test))

    def all_training(self):
        return unit(self.pictures[:, None], 2)


class Doodles:
    """Quick, Draw! padded to 32×32, with what was to be drawn; mirrored and shifted. Every tenth drawing is held out."""
    ground = -1
    title = "Quick, Draw! drawings"

    def __init__(self, folder, device, config):
        arrays = open_cache(folder, "doodles.npz", "doodles")
        drawings = [arrays[name] for name in config["classes"]]
        parts = lambda keep: [d[(np.arange(len(d)) % 10 == 9) != keep] for d in drawings]
        tensor = lambda parts: torch.from_numpy(np.concatenate(parts)).to(device)
        labels = lambda parts: torch.arange(len(parts), device=device).repeat_interleave(
            torch.tensor([len(p) for p in parts], device=device))
        train, test = parts(True), parts(False)
        self.names = [name for name, part in zip(config["classes"], train) for _ in part]
        self.pictures, self.labels = tensor(train), labels(train)
        self.test, self.test_labels = tensor(test), labels(test)

    def batch(self, n):
        pick = torch.randint(len(self.pictures), (n,), device=self.pictures.device)
        x = mirrored(unit(self.pictures[pick][:, None], 2))
        return shifted(x, torch.ones_like(pick)), self.labels[pick]

    def held_out(self, n):
        every = torch.linspace(0, len(self.test) - 1, min(n, len(self.test))).long()
        return unit(self.test[every, None], 2), self.test_labels[every]

    def real(self):
        """What samples are compared with: the training pictures, since too few are held out."""
        return self.all_training(), self.labels

    def all_training(self):
        return unit(self.pictures[:, None], 2)

    def atlas(self):
        """The training pictures as bytes (N, 32, 32, channels), and their names."""
        return F.pad(self.pictures, [2] * 4)[..., None].numpy(), self.names


class Icons:
    """Little pictures on white, with their classes; flipped, shifted and a little recoloured."""
    ground = 1
    title = "icons of seven sets"

    def __init__(self, folder, device, config):
        arrays = open_cache(folder, "icons.npz", "icons")
        kinds = {sub: k for k, c in enumerate(config["classes"]) for sub in c["of"]}
        labels = np.array([kinds.get(sub, -1) for sub in arrays["subcategory"]])
        labels[np.isin(arrays["short_name"], config["leave_out"])] = -1
        held = np.array([held_out_key(key) for key in arrays["key"]])
        styles = {"noto": "Noto", "twemoji": "Twemoji", "noto 1": "Noto 1", "fluent": "Fluent", "fluent flat": "Fluent, flat",
                  "fxemoji": "FxEmojis", "emojione": "EmojiOne"}
        self.names = [f"{name} ({styles[style]})" for name, style in zip(arrays["name"], arrays["style"])]
        pictures = torch.from_numpy(arrays["pictures"]).permute(0, 1, 4, 2, 3)  # picture, size, colour, y, x
        pick = lambda mask: torch.from_numpy(np.flatnonzero(mask))
        self.train_index, self.test_index = pick((labels >= 0) & ~held), pick((labels >= 0) & held)
        labels = torch.from_numpy(labels)
        self.pictures, self.labels = pictures[self.train_index].to(device), labels[self.train_index].to(device)
        self.test, self.test_labels = pictures[self.test_index].to(device), labels[self.test_index].to(device)
        self.weight = self.labels.bincount().float().rsqrt()[self.labels]  # small classes are seen more often
        self.hue = torch.tensor([float(c["hue"]) for c in config["classes"]], device=device) * math.pi / 180

    def batch(self, n):
        pick = weighted(self.weight, n)
        size = torch.randint(self.pictures.shape[1], (n,), device=pick.device)
        x, label = mirrored(unit(self.pictures[pick, size])), self.labels[pick]
        return recolored(shifted(x, torch.where(size == 0, 2, 1)), self.hue[label]), label

    def real(self):
        """What samples are compared with: the training pictures, since too few are held out."""
        return self.all_training(), self.labels

    def all_training(self):
        return unit(self.pictures[:, -1])

    def atlas(self):
        """The training pictures as bytes (N, 32, 32, channels), and their names."""
        return self.pictures[:, -1].permute(0, 2, 3, 1).numpy(), [self.names[i] for i in self.train_index]

    def held_out(self, n):
        every = torch.linspace(0, len(self.test) - 1, min(n, len(self.test))).long()
        return unit(self.test[every, -1]), self.test_labels[every]


class Faces:
    """Cartoon faces drawn from parts at random, with their styles; there are so many that nothing else is done to them. Of
    every eight of a style one is kept apart: such faces are drawn as the others are, but may be among them by chance."""
    ground = 1
    title = "faces drawn by DiceBear"

    def __init__(self, folder, device, config):
        name = "faces" if config["size"] == 32 else f"faces-{config['size']}"
        arrays = open_cache(folder, f"{name}.npz", name)
        self.styles = config["classes"]
        number = {name: k for k, name in enumerate(self.styles)}
        labels = np.array([number.get(style, -1) for style in arrays["style"]])
        turn_of_style = np.arange(len(labels)) // len(np.unique(arrays["style"]))
        held = turn_of_style % 8 == 7
        self.train_index, self.test_index = (np.flatnonzero((labels >= 0) & mask) for mask in (~held, held))
        pictures = arrays["pictures"]
        take = lambda index: torch.from_numpy(pictures[index]).permute(0, 3, 1, 2).to(device)
        self.pictures, self.test = take(self.train_index), take(self.test_index)
        labels = torch.from_numpy(labels).to(device)
        self.labels, self.test_labels = labels[self.train_index], labels[self.test_index]
        self.drawn = arrays["style"], arrays["parts"].tolist(), [json.loads(known) for known in arrays["values"]], arrays["codes"]

    def batch(self, n):
        pick = torch.randint(len(self.pictures), (n,), device=self.pictures.device)
        return unit(self.pictures[pick]), self.labels[pick]

    @functools.cached_property
    def part_values(self):
        """{part: its values} and, for the training faces and those held out, which of them each has (faces × parts)."""
        known, numbers = parts.labelled(*self.drawn)
        numbers = torch.from_numpy(numbers)
        return known, numbers[self.train_index], numbers[self.test_index]

    def batch_with_parts(self, n):
        pick = torch.randint(len(self.pictures), (n,))
        return unit(self.pictures[pick]), self.labels[pick], self.part_values[1][pick]

    @functools.cached_property
    def unseen(self):
        """Which of those kept apart are not in the training set as well: of a style with few parts it has them all."""
        seen = {picture.numpy().tobytes() for picture in self.pictures.cpu()}
        return torch.tensor([k for k, picture in enumerate(self.test.cpu()) if picture.numpy().tobytes() not in seen])

    def held_out(self, n):
        every = self.unseen[torch.linspace(0, len(self.unseen) - 1, min(n, len(self.unseen))).long()]
        return unit(self.test[every]), self.test_labels[every]

    def real(self):
        """What samples are compared with: faces drawn anew."""
        return unit(self.test), self.test_labels

    def all_training(self):
        return unit(self.pictures)


class Toons:
    """So many grey faces of one style, from one of two sets that have none in common; the last of all are in neither."""
    ground = 1
    held = 2000

    def __init__(self, folder, device, config):
        pictures = torch.from_numpy(open_cache(folder, "toons.npz", "toons")["pictures"])[:, None].to(device)
        self.test = pictures[-self.held:]
        self.pictures = pictures[:-self.held]["AB".index(config["set"])::2][:config["faces"]]

    def batch(self, n):
        return unit(self.pictures[torch.randint(len(self.pictures), (n,), device=self.pictures.device)]), None

    def held_out(self, n):
        return unit(self.test[:n]), None

    def all_training(self):
        return unit(self.pictures)


def held_out_key(key):
    """About one icon in twelve is kept out of training, always the same ones."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 12 == 0


def weighted(weight, n):
    """n indices, drawn in proportion to the weights: torch.multinomial without its look at them, for which a GPU would wait."""
    ends = weight.double().cumsum(0)
    return torch.searchsorted(ends, torch.rand(n, device=weight.device, dtype=torch.float64) * ends[-1]).clamp(max=len(ends) - 1)


def mirrored(x):
    """Every other one of the pictures (N, C, H, W), by chance."""
    return torch.where(torch.rand(len(x), 1, 1, 1, device=x.device) < 0.5, x, x.flip(3))


def shifted(x, room):
    """Pictures (N, C, H, W) moved by up to room (N) pixels, whatever leaves one side coming in at the other: a border of that
    width is empty."""
    n, _, height, width = x.shape
    by = ((2 * room + 1) * torch.rand(2, n, device=x.device)).long() - room
    index = torch.arange(n, device=x.device)[:, None, None]
    y = (torch.arange(height, device=x.device) - by[0, :, None]) % height
    column = (torch.arange(width, device=x.device) - by[1, :, None]) % width
    return x.permute(0, 2, 3, 1)[index, y[:, :, None], column[:, None, :]].permute(0, 3, 1, 2)


def recolored(x, hue):
    """Turns the hue by up to ±hue (radians, one for each picture) about the grey axis, and changes the contrast
    against white by up to 10 %: white stays white."""
    n = len(x)
    angle = hue * (2 * torch.rand(n, device=x.device) - 1)
    gain = 0.9 + 0.1 * torch.rand(n, device=x.device)
    cos, sin = angle.cos(), angle.sin() / math.sqrt(3)
    near, plus, minus = (1 + 2 * cos) / 3, (1 - cos) / 3 + sin, (1 - cos) / 3 - sin
    matrix = torch.stack([near, minus, plus, plus, near, minus, minus, plus, near], 1).reshape(n, 3, 3)
    ink = torch.einsum("nij,njyx->niyx", matrix * gain[:, None, None], 1 - x)
    return (1 - ink).clamp(-1, 1)


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
        k = weighted(self.weight, n)
        y = (torch.rand(n, device=device) * (self.height[k] - side + 1)).long()
        x = (torch.rand(n, device=device) * (self.width[k] - side + 1)).long()
        step = torch.arange(side, device=device)
        row = self.width[k][:, None] * (y[:, None] + step)  # (n, side)
        index = self.start[k][:, None, None] + row[:, :, None] + (x[:, None] + step)[:, None, :]
        crops = self.pixels[index].permute(0, 3, 1, 2)
        crops = mirrored(crops)
        crops = mirrored(crops.transpose(2, 3)).transpose(2, 3)
        turned = torch.where(torch.rand(n, 1, 1, 1, device=device) < 0.5, crops, crops.transpose(2, 3))
        return unit(turned), None

    def all_training(self):
        return None  # the crops are too many to compare with all of them

    def some_training(self, n, seed):
        torch.manual_seed(seed)
        return torch.cat([self.batch(min(500, n - k))[0] for k in range(0, n, 500)])

    def held_out(self, n):
        """A 128×128 crop from the middle of each validation photograph."""
        crops = []
        for picture in self.validation[:n]:
            y, x = picture.shape[0] // 2 - 64, picture.shape[1] // 2 - 64
            crops.append(torch.from_numpy(picture[y:y + 128, x:x + 128].copy()).permute(2, 0, 1))
        return unit(torch.stack(crops)).to(self.pixels.device), None


def unit(bytes_, border=0):
    """0…255 to −1…1, with a border of black around."""
    return F.pad(bytes_.float() / 127.5 - 1, [border] * 4, value=-1.0)


def load(config, folder=None, device="cpu"):
    kinds = {"mnist": Digits, "doodles": Doodles, "icons": Icons, "faces": Faces, "toons": Toons, "photos": Photos}
    return kinds[config["kind"]](folder or common.cache("data"), device, config)
