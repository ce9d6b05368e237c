#!/usr/bin/python3
"""Teaches a student to go the whole way in 8, 4, 2 or 1 steps: distill.py --teacher digits --minutes 4

Progressive distillation (Salimans & Ho, ICLR 2022, algorithm 2) in one network that is told the number of steps. Its eight
steps are learned from the teacher, who takes four small ones, guided (Meng et al., CVPR 2023), where the student takes one;
then four from two of the student's own eight, and so on; what was learned before is repeated on the way."""
import argparse
import copy
import json
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import captured
import common
import data
import diffusion
import numpy as np
import torch
import weights
from model import UNet
from train import EagerStep, fast_bfloat16

STEPS = (8, 4, 2, 1)  # the student's, and the rows of its table
SHARES = (0.3, 0.2, 0.2, 0.3)  # of the time, that a stage has
SMALL = 4  # steps of the teacher in one of eight
T = 1000


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--teacher", required=True, help="a recipe in training/models")
    p.add_argument("--weights", type=Path, help="the teacher's (default: the bundled ones)")
    p.add_argument("--guidance", type=float, default=1.5, help="that the student is to have in it")
    p.add_argument("--minutes", type=float, default=4)
    p.add_argument("--steps", type=int, help="of training in each stage, in place of minutes (for tests)")
    p.add_argument("--batch", type=int, default=256)
    p.add_argument("--rate", type=float, default=5e-4)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--device", choices=["cpu", "cuda"], default="cuda" if torch.cuda.is_available() else "cpu")
    p.add_argument("--runs", type=Path, default=common.cache("runs"))
    p.add_argument("--data", type=Path, default=common.cache("data"))
    return p.parse_args()


def cosine_table():
    """ᾱ at t = 0 … T of Nichol & Dhariwal's cosine schedule, β at most 0.999, as the program has it."""
    f = np.cos((np.arange(T + 1) / T + 0.008) / 1.008 * np.pi / 2) ** 2
    beta = np.minimum(1 - f[1:] / f[:-1], 0.999)
    return np.concatenate([[1.0], np.cumprod(1 - beta)])


class Times:
    """Where the way in n steps stops ("trailing"): i = 0 is pure noise, i = n the picture."""

    def __init__(self, device):
        table = cosine_table()
        t = {n: np.round(T * (n - np.arange(n + 1)) / n).astype(int) for n in (SMALL * STEPS[0], *STEPS)}
        tensor = lambda a: torch.from_numpy(a).float().to(device)
        self.alpha = {n: tensor(np.sqrt(table[at])) for n, at in t.items()}
        self.sigma = {n: tensor(np.sqrt(1 - table[at])) for n, at in t.items()}
        with np.errstate(divide="ignore"):
            self.lam = {n: tensor(np.log(table[at] / (1 - table[at]))) for n, at in t.items()}

    def at(self, n, i):
        """(α, σ, λ) for indices i; α and σ for pictures (N, C, H, W)."""
        wide = lambda row: row[i][:, None, None, None]
        return wide(self.alpha[n]), wide(self.sigma[n]), self.lam[n][i]


def step(times, n, i, x, v):
    """From i to i + 1 of n by what v says (DDIM, not clipped)."""
    a, s, _ = times.at(n, i)
    after, left, _ = times.at(n, i + 1)
    return after * (a * x - s * v) + left * (s * x + a * v)


class Distillation:
    def __init__(self, args, recipe, teacher, device):
        self.args, self.device, self.times = args, device, Times(device)
        self.recipe = copy.deepcopy(recipe)
        self.recipe["name"] = f"{recipe['name']}-student"
        self.recipe["label"] = f"Student of {recipe['label'][0].lower()}{recipe['label'][1:]}"
        self.recipe["guidance"] = args.guidance
        self.recipe["architecture"]["steps"] = list(STEPS)
        self.classes = recipe["architecture"]["classes"]
        self.teacher = teacher.to(device).eval().requires_grad_(False)
        self.student = UNet(self.recipe["architecture"]).to(device, memory_format=torch.channels_last)
        self.student.load_state_dict(teacher.state_dict(), strict=False)
        self.ema = {k: t.detach().clone() for k, t in self.student.state_dict().items()}
        self.frozen = copy.deepcopy(self.student).eval().requires_grad_(False)
        bfloat16 = fast_bfloat16(device)
        self.autocast = (lambda: torch.autocast(device, torch.bfloat16, cache_enabled=device == "cpu")) if bfloat16 else nullcontext
        self.count, self.images = 0, 0

    def row(self, n, like):
        return torch.full_like(like, STEPS.index(n), dtype=torch.long)

    def guided(self, x, lam, label):
        """The teacher's v. Both answers in one batch; where no class is given they are the same."""
        none = torch.full_like(label, self.classes)
        both = self.teacher(torch.cat([x, x]), torch.cat([lam, lam]), torch.cat([label, none])).float()
        told, free = both.chunk(2)
        return free + self.args.guidance * (told - free)

    def target(self, n, i, x, label):
        """Where x at i of n is to be at i + 1."""
        if n == STEPS[0]:
            for k in range(SMALL):
                at = i * SMALL + k
                x = step(self.times, n * SMALL, at, x, self.guided(x, self.times.at(n * SMALL, at)[2], label))
            return x
        for k in range(2):
            at = 2 * i + k
            v = self.frozen(x, self.times.at(2 * n, at)[2], label, self.row(2 * n, i)).float()
            x = step(self.times, 2 * n, at, x, v)
        return x

    def loss_of(self, n, x0, label):
        """Error of x̂₀, weighed by max(SNR, 1) (Salimans & Ho, section 4)."""
        i = (n * torch.rand(len(x0), device=self.device)).long().clamp(max=n - 1)
        a, s, lam = self.times.at(n, i)
        after, left, _ = self.times.at(n, i + 1)
        x = a * x0 + s * torch.randn_like(x0)
        with torch.no_grad(), self.autocast():
            wanted = (self.target(n, i, x, label) - left / s * x) / (after - left / s * a)
        with self.autocast():
            v = self.student(x.contiguous(memory_format=torch.channels_last), lam, label, self.row(n, i)).float()
        weight = (a / s).square().clamp(1, 100)
        return (weight * (a * x - s * v - wanted).square()).mean()

    def loss(self, stage, dataset):
        """Of a batch: three quarters of it for this stage, the rest for those before."""
        x0, label = dataset.batch(self.args.batch)
        label = label.masked_fill(torch.rand(len(label), device=self.device) < 0.1, self.classes)
        if not stage:
            return self.loss_of(STEPS[0], x0, label)
        total, old = 0, self.args.batch // (4 * stage)
        for k in range(stage):
            total = total + old * self.loss_of(STEPS[k], x0[k * old:(k + 1) * old], label[k * old:(k + 1) * old])
        rest = self.args.batch - stage * old
        return (total + rest * self.loss_of(STEPS[stage], x0[-rest:], label[-rest:])) / self.args.batch

    def run_stage(self, stage, dataset, seconds):
        settings = {"rate": self.args.rate, "weight_decay": 0.0}
        on_gpu = self.device == "cuda"
        optimizer = captured.optimizer_for(self.student, settings) if on_gpu else torch.optim.AdamW(
            self.student.parameters(), lr=self.args.rate, betas=(0.9, 0.99), weight_decay=0.0)
        state = self.student.state_dict()
        begin = time.monotonic()
        one = (captured.CapturedStep if on_gpu else EagerStep)(
            self.student, optimizer, lambda: self.loss(stage, dataset), [state[k] for k in self.ema], list(self.ema.values()), 1.0)
        steps, done, logged = 0, 0.0, 0.0
        while done < 1:
            one.run(self.args.rate * min(1, (steps + 1) / 100) * (1 - 0.95 * done), min(0.998, (1 + steps) / (10 + steps)))
            steps += 1
            if on_gpu and steps % 16 == 0:
                torch.cuda.synchronize()
            done = steps / self.args.steps if self.args.steps else (time.monotonic() - begin) / seconds
            if done - logged > 0.2 or done >= 1:
                print(f"{self.recipe['name']}: {STEPS[stage]} steps, {100 * done:.0f} % of the stage, {steps} batches, "
                      f"loss {one.mean_loss():.5f}", flush=True)
                logged = done
        self.images += steps * self.args.batch
        self.count += steps
        self.student.load_state_dict(self.ema)
        self.frozen.load_state_dict(self.ema)

    def save(self, path, elapsed):
        path.parent.mkdir(parents=True, exist_ok=True)
        words = ["training/distill.py", "--teacher", self.args.teacher, "--guidance", f"{self.args.guidance:g}", "--minutes",
                 f"{self.args.minutes:g}"]
        state = {"ema": self.ema, "recipe": self.recipe, "images": self.images,
                 "step": self.count, "elapsed": elapsed, "command": " ".join(words)}
        torch.save(state, f"{path}.part")
        Path(f"{path}.part").replace(path)


def load_teacher(args, recipe):
    tensors, _ = weights.load(args.weights or common.MODELS / f"{recipe['name']}.safetensors")
    net = UNet(recipe["architecture"])
    net.load_state_dict({k: torch.from_numpy(np.float32(t)) for k, t in tensors.items()})
    return net


def main():
    args = arguments()
    torch.set_num_threads(args.threads)
    recipe = common.read_recipe(args.teacher)
    if not recipe["architecture"]["classes"]:
        sys.exit(f"{args.teacher} knows no classes: what it is to learn is a guided teacher's way")
    torch.manual_seed(recipe["train"]["seed"])
    dataset = data.load(recipe["data"], args.data, args.device)
    run = Distillation(args, recipe, load_teacher(args, recipe), args.device)
    begin = time.monotonic()
    for stage, share in enumerate(SHARES):
        run.run_stage(stage, dataset, 60 * args.minutes * share)
        run.save(args.runs / run.recipe["name"] / "checkpoint.pt", time.monotonic() - begin)
    print(json.dumps({"name": run.recipe["name"], "batches": run.count, "pictures": run.images}), flush=True)


if __name__ == "__main__":
    main()
