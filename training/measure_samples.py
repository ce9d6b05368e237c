"""Class-conditional samples, judged: accuracy, Fréchet distance, precision and recall; and the table of them over
samplers, steps and schedules that the program shows (assets/measurements/NAME.json)."""
import datetime
import json

import classifier
import common
import judging
import numpy as np
import pictures
import torch
from engines import SEED

SCHEDULES = ("linear", "cosine")


class Judge:
    """A classifier of real pictures, and the features of the real pictures that samples are compared with."""

    def __init__(self, what, dataset):
        self.net, self.accuracy = classifier.load(what, dataset)
        real, labels = dataset.real()
        self.real, self.real_labels = self.features(real), labels.numpy()
        self.order = np.random.default_rng(SEED).permutation(len(self.real))
        self.share = np.bincount(self.real_labels) / len(self.real_labels)

    def features(self, x):
        return classifier.features(self.net, x).double().numpy()

    def counts(self, count):
        """How many samples of each class, in the proportions of the real pictures."""
        whole = np.floor(self.share * count).astype(int)
        order = np.argsort(whole - self.share * count)
        whole[order[:count - whole.sum()]] += 1
        return whole

    def judge(self, samples, labels):
        """{"accuracy" …} of samples that were asked for as `labels`, and which were right."""
        features = self.features(samples)
        precision, recall = judging.precision_recall(features, self.real[self.order[:len(features)]])
        right = (classifier.classify(self.net, samples) == labels).float()
        return {"accuracy": float(right.mean()), "frechet": judging.frechet(features, self.real), "precision": precision,
                "recall": recall}, right

    def yardstick(self, count):
        """What real pictures score in the samples' place."""
        n = min(count, len(self.real) // 2)
        a, b = self.real[self.order[:n]], self.real[self.order[n:2 * n]]
        precision, recall = judging.precision_recall(a, b)
        frechet = judging.floor(self.real, count, np.random.default_rng(SEED))
        return {"accuracy": self.accuracy, "frechet": frechet, "precision": precision, "recall": recall}


def draw_samples(engine, counts, **how):
    samples = torch.cat([engine.sample(k, int(n), **how) for k, n in enumerate(counts) if n])
    return samples, torch.arange(len(counts)).repeat_interleave(torch.as_tensor(counts))


def measure(engine, dataset, args):
    judge = Judge(args.model, dataset)
    counts = judge.counts(args.count)
    real = judge.yardstick(args.count)
    halves = judging.floor(judge.real, len(judge.real) // 2, np.random.default_rng(SEED))
    print(f"{args.count} samples at {args.steps} steps; the judge is right about {100 * real['accuracy']:.2f} % of real pictures "
          f"that it never saw; Fréchet distance between two halves of the {len(judge.real):,} real ones: {halves:.2f}\n")
    print("| guidance | accuracy | Fréchet distance | precision | recall | ground, of 255 | accuracy by class |")
    print("| --- |" + " --- |" * 6)
    print(f"| real pictures | {100 * real['accuracy']:.1f} % | {real['frechet']:.2f} | {real['precision']:.3f} | "
          f"{real['recall']:.3f} | 0 | |", flush=True)
    for guidance in args.guidance:
        samples, labels = draw_samples(engine, counts, steps=args.steps, guidance=guidance)
        score, right = judge.judge(samples, labels)
        by_class = " ".join(f"{100 * part.mean():.0f}" for part in right.split(counts.tolist()) if len(part))
        print(f"| {guidance:g} | {100 * score['accuracy']:.1f} % | {score['frechet']:.2f} | {score['precision']:.3f} | "
              f"{score['recall']:.3f} | {ground(samples, dataset)} | {by_class} |", flush=True)
        if args.sheets:
            show(samples, counts, dataset, args, guidance)


def ground(samples, dataset):
    """How far those of the outermost pixels that are empty in every real picture are from empty: a mean by the four phases
    of the network's 2×2 unshuffle, whose differences are the grid that one might see."""
    off = ((samples.clamp(-1, 1) + 1) * 127.5).round() - (dataset.ground + 1) * 127.5
    elsewhere = (dataset.real()[0] != dataset.ground).flatten(0, 1).any(0)
    elsewhere[1:-1, 1:-1] = True
    off = off.abs().masked_fill(elsewhere, float("nan"))
    return " ".join(f"{off[..., y::2, x::2].nanmean():.2f}" for y in (0, 1) for x in (0, 1))


def show(samples, counts, dataset, args, guidance):
    """Ten of each class; the same ten times as far from the ground; 64 in the classes' proportions. None is chosen."""
    rows = min(10, counts.min())
    some = torch.stack([part[:rows] for part in samples.split(counts.tolist())]).transpose(0, 1).flatten(0, 1)
    name = f"{args.model}-guidance-{guidance:g}"
    pictures.sheet(args.sheets / f"{name}.png", some, len(counts))
    amplified = dataset.ground + 10 * (some - dataset.ground)
    pictures.sheet(args.sheets / f"{name}-amplified.png", amplified, len(counts))
    even = np.linspace(0, len(samples) - 1, 64).astype(int)
    pictures.sheet(args.sheets / f"{args.model}-64-guidance-{guidance:g}.png", samples[even], 8, zoom=2)


def table(engine, dataset, args):
    """The schema of the file is in docs/measurements.md. Rows that it holds already, of the same weights, are kept."""
    judge = Judge(args.model, dataset)
    out = common.ROOT / "assets" / "measurements" / f"{args.model}.json"
    head = {"format": "noiseglass-measurements-1", "model": args.model, "measured_with": engine.says,
            "weights_sha256": engine.sha256, "guidance": args.guidance[0]}
    rows = kept_rows(out, head)
    for steps in sorted(args.table_steps):
        count = args.count if steps <= 50 else args.count_long
        for schedule in SCHEDULES:
            for sampler in engine.samplers():
                key = {"schedule": schedule, "sampler": sampler, "steps": steps, "samples": count}
                if any(key.items() <= row.items() for row in rows):
                    continue
                samples, labels = draw_samples(engine, judge.counts(count), steps=steps, guidance=args.guidance[0],
                                               sampler=sampler, schedule=schedule)
                score = {k: round(v, 4) for k, v in judge.judge(samples, labels)[0].items()}
                rows = [row for row in rows if not {k: key[k] for k in ("schedule", "sampler", "steps")}.items() <= row.items()]
                rows.append({**key, **score})
                print(rows[-1], flush=True)
                real = {str(n): {k: round(v, 4) for k, v in judge.yardstick(n).items()}
                        for n in sorted({row["samples"] for row in rows})}
                write(out, {**head, "created": datetime.date.today().isoformat(), "real": real, "rows": rows})
    print_table(rows)


def kept_rows(path, head):
    if not path.is_file():
        return []
    there = json.loads(path.read_text())
    return there["rows"] if all(there.get(key) == value for key, value in head.items()) else []


def write(path, result):
    """One row on a line."""
    text = json.dumps({**result, "rows": []}, indent=1)
    rows = sorted(result["rows"], key=lambda row: (row["schedule"], row["sampler"], row["steps"]))
    text = text.replace('"rows": []', '"rows": [\n  ' + ",\n  ".join(map(json.dumps, rows)) + "\n ]")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n")


def print_table(rows):
    """Accuracy / Fréchet distance, as Markdown."""
    steps = sorted({row["steps"] for row in rows})
    print("\n| schedule | sampler | " + " | ".join(f"{n} steps" for n in steps) + " |\n|" + " --- |" * (2 + len(steps)))
    for schedule, sampler in dict.fromkeys((row["schedule"], row["sampler"]) for row in rows):
        cells = {row["steps"]: f"{100 * row['accuracy']:.1f} % / {row['frechet']:.1f}" for row in rows
                 if (row["schedule"], row["sampler"]) == (schedule, sampler)}
        print(f"| {schedule} | {sampler} | " + " | ".join(cells.get(n, "") for n in steps) + " |")
