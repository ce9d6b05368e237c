"""Whether samples are training pictures learned by heart: the nearest of those, by pixels and by the judge's features.
The yardstick is how near real pictures come that were held out of training."""
import json

import common
import judging
import numpy as np
import pictures
import torch
from measure_samples import Judge, draw_samples

COLUMNS = 48


def write_set(model, dataset, folder, unseen_distance=0):
    """The training pictures as the program reads them (core/include/noiseglass/picture_set.h)."""
    bytes_, names = dataset.atlas()
    n, side, _, channels = bytes_.shape
    rows = -(-n // COLUMNS)
    sheet = np.full((rows * COLUMNS, side, side, channels), bytes_[0, 0, 0], np.uint8)
    sheet[:n] = bytes_
    sheet = sheet.reshape(rows, COLUMNS, side, side, channels).transpose(0, 2, 1, 3, 4)
    sheet = sheet.reshape(rows * side, COLUMNS * side, channels).squeeze()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{model}-training.json"
    pictures.save(pictures.Image.fromarray(sheet), path.with_suffix(".png"))
    described = {"title": f"{n:,} {dataset.title}", "picture": path.with_suffix(".png").name, "side": side,
                 "columns": COLUMNS, "unseen_distance": round(unseen_distance, 2), "names": names}
    path.write_text(json.dumps(described, ensure_ascii=False, indent=0) + "\n")
    return path


class Pixels:
    """Finds the nearest training picture: icons and doodles through the program, over mirror images and shifts, since
    they were learned so, and as the program will show it; digits as they are, in one product of matrices."""

    def __init__(self, model, engine, dataset):
        self.engine, self.training = engine, dataset.all_training()
        self.set_of = model, dataset, common.ROOT / "assets" / "measurements"
        self.set_file = write_set(*self.set_of) if hasattr(dataset, "atlas") else None

    def find(self, x):
        """(distance, root mean square of 255; index)"""
        if self.set_file:
            found = self.engine.nearest(x.numpy(), self.set_file)
            return found[:, 0], found[:, 1].astype(int)
        flat = lambda pictures: pictures.clamp(-1, 1).double().numpy().reshape(len(pictures), -1)
        distance, index = judging.nearest(flat(x), flat(self.training))
        return distance * 127.5 / np.sqrt(x[0].numel()), index

    def note(self, median):
        """The yardstick goes into the set that comes with the program."""
        if self.set_file:
            write_set(*self.set_of, median)


def quantiles(values):
    return " | ".join(f"{q:.2f}" for q in np.quantile(values, (0.01, 0.1, 0.5, 0.9)))


def measure(engine, dataset, args):
    judge, by_pixels = Judge(args.model, dataset), Pixels(args.model, engine, dataset)
    training_features = judge.features(by_pixels.training)
    held, _ = dataset.held_out(args.count)
    unseen = by_pixels.find(held)[0], judging.nearest(judge.features(held), training_features)[0]
    by_pixels.note(float(np.median(unseen[0])))
    limits = [np.quantile(part, (0.01, 0.1)) for part in unseen]
    print(f"distance to the nearest of {len(by_pixels.training):,} training pictures: quantiles 1 %, 10 %, 50 %, 90 %; and how many "
          "are nearer than the nearest 1 % / 10 % of real pictures that the network never saw\n")
    print("| | by pixels, rms of 255: 1 % | 10 % | 50 % | 90 % | nearer | by features: 1 % | 10 % | 50 % | 90 % | nearer |")
    print("| --- |" + " --- |" * 10)
    describe(f"{len(held)} held-out real pictures", unseen, limits)
    for guidance in args.guidance:
        samples, _ = draw_samples(engine, judge.counts(args.count), steps=args.steps, guidance=guidance)
        distance, index = by_pixels.find(samples)
        features = judging.nearest(judge.features(samples), training_features)[0]
        describe(f"{len(samples)} samples, guidance {guidance:g}", (distance, features), limits)
        if args.sheets:
            show_pairs(samples, distance, by_pixels.training[index],
                       args.sheets / f"{args.model}-nearest-guidance-{guidance:g}.png")


def describe(what, measured, limits):
    cells = [f"{quantiles(part)} | " + " / ".join(f"{100 * (part < limit).mean():.1f} %" for limit in bounds)
             for part, bounds in zip(measured, limits)]
    print(f"| {what} | " + " | ".join(cells) + " |", flush=True)


def show_pairs(samples, distance, real, path):
    """The 16 samples that are nearest to a training picture over those pictures, and 16 drawn evenly from all."""
    order = np.argsort(distance)
    rows = []
    for pick in (order[:16], order[np.linspace(0, len(order) - 1, 16).astype(int)]):
        rows += [samples[pick], real[pick]]
    pictures.sheet(path, torch.cat(rows), 16, zoom=2)
