#!/usr/bin/python3
"""Trains one model: train.py --model digits --minutes 120

The learning rate falls by training time, so a run ends when it was asked to, on a busy machine too. It resumes from
its checkpoint. Several processes: torchrun --nproc_per_node 2 train.py … (gloo on the CPU, nccl on GPUs)."""
import argparse
import csv
import json
import math
import os
import shlex
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import captured
import common
import data
import diffusion
import numpy as np
import pictures
import torch
import torch.distributed as dist
import weights
from model import UNet

SHEET_SECONDS, CHECKPOINT_SECONDS, LOG_SECONDS = 480, 120, 15


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", required=True, help="a recipe in training/models, or a path to one")
    p.add_argument("--minutes", type=float, default=120, help="training time in all, resumed runs included")
    p.add_argument("--steps", type=int, help="stop after so many steps (for trials)")
    p.add_argument("--batch", type=int, help="pictures in a batch (default: the recipe's)")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--device", choices=["cpu", "cuda"], default="cuda" if torch.cuda.is_available() else "cpu")
    p.add_argument("--precision", choices=["auto", "float32", "bfloat16"], default="auto",
                   help="of convolutions; auto: bfloat16 on a GPU or a CPU with AVX-512 BF16")
    p.add_argument("--runs", type=Path, default=common.cache("runs"))
    p.add_argument("--data", type=Path, default=common.cache("data"))
    p.add_argument("--compile", action=argparse.BooleanOptionalAction, default=True, help="on a GPU; pays for runs of some minutes")
    p.add_argument("--resume", action=argparse.BooleanOptionalAction, default=True)
    p.add_argument("--start-from", help="weights (.safetensors) to begin with, such as the bundled ones")
    return p.parse_args()


def fast_bfloat16(device):
    if device != "cpu":
        return torch.cuda.is_bf16_supported()
    try:
        return "avx512_bf16" in Path("/proc/cpuinfo").read_text()
    except OSError:
        return False


class Run:
    """A run: network, its moving average, optimiser, counters; what a checkpoint holds."""

    def __init__(self, args, recipe, device):
        self.args, self.recipe, self.device = args, recipe, device
        self.settings = recipe["train"]
        self.net = UNet(recipe["architecture"]).to(device, memory_format=torch.channels_last)
        if args.start_from:
            tensors, _ = weights.load(args.start_from)
            given, own = {k: torch.from_numpy(np.float32(t)) for k, t in tensors.items()}, self.net.state_dict()
            anew = [k for k in own if k not in given or given[k].shape != own[k].shape]
            if len(anew) == len(own):
                sys.exit(f"{args.start_from}: nothing in it fits this network")
            print(f"starting from {args.start_from}" + (f", but for {', '.join(anew)}" if anew else ""), flush=True)
            self.net.load_state_dict({k: own[k] if k in anew else given[k] for k in own})
        self.ema = {k: t.detach().clone() for k, t in self.net.state_dict().items()}
        if device == "cpu":
            self.optimizer = torch.optim.AdamW(self.net.parameters(), lr=self.settings["rate"], betas=(0.9, 0.99),
                                               weight_decay=self.settings["weight_decay"])
        else:
            self.optimizer = captured.optimizer_for(self.net, self.settings)
        self.step = self.images = 0
        self.elapsed = 0.0
        self.average_net = UNet(recipe["architecture"]).to(device, memory_format=torch.channels_last).eval()

    def rate(self, budget):
        done = min(1, self.elapsed / budget)
        if self.args.steps:
            done = max(done, self.step / self.args.steps)
        warm = min(1, (self.step + 1) / self.settings["warmup"])
        return self.settings["rate"] * warm * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * done)))

    def kept(self):
        """What of the moving average stays at this step."""
        return min(self.settings["ema"], (1 + self.step) / (10 + self.step))

    def average(self):
        self.average_net.load_state_dict(self.ema)
        return self.average_net

    def save(self, path):
        state = {"model": self.net.state_dict(), "ema": self.ema, "optimizer": self.optimizer.state_dict(),
                 "step": self.step, "images": self.images, "elapsed": self.elapsed, "recipe": self.recipe,
                 "command": command_line(), "random": torch.get_rng_state()}
        torch.save(state, f"{path}.part")
        os.replace(f"{path}.part", path)

    def load(self, path):
        state = torch.load(path, map_location=self.device)
        if state["recipe"]["architecture"] != self.recipe["architecture"]:
            sys.exit(f"{path} holds another architecture than the recipe: pass --no-resume to begin anew")
        self.net.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.ema = {k: t.to(self.device) for k, t in state["ema"].items()}
        self.step, self.images, self.elapsed = state["step"], state["images"], state["elapsed"]
        torch.manual_seed(self.settings["seed"] + 1000 * self.step)


def command_line():
    """What to type to have this run again; folders and threads do not belong to it."""
    keep, skip = [], False
    for word in sys.argv[1:]:
        if skip or word.split("=")[0] in ("--runs", "--data", "--threads", "--device"):
            skip = not skip and "=" not in word
            continue
        keep.append(word)
    return shlex.join(["training/train.py"] + keep)


class EagerStep:
    """A step of training as it is written: on the CPU, or on one of several GPUs. captured.CapturedStep is its like on one."""

    def __init__(self, net, optimizer, loss, averaged, ema, clip):
        self.net, self.optimizer, self.loss, self.averaged, self.ema, self.clip = net, optimizer, loss, averaged, ema, clip
        self.losses = []

    def run(self, rate, keep):
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        loss = self.loss()
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), self.clip)
        self.optimizer.step()
        with torch.no_grad():
            torch._foreach_mul_(self.ema, keep)
            torch._foreach_add_(self.ema, self.averaged, alpha=1 - keep)
        self.losses.append(loss.detach())

    def mean_loss(self):
        mean, self.losses = torch.stack(self.losses).mean().item(), []
        return mean


def batch_loss(net, recipe, dataset, n, device, autocast):
    x0, label = dataset.batch(n)
    lam = diffusion.sample_lambda(n, recipe["train"]["lambda"], device)
    x, v = diffusion.noised(x0, lam, torch.randn_like(x0))
    if label is not None:
        dropped = torch.rand(n, device=device) < recipe["train"]["class_dropout"]
        label = label.masked_fill(dropped, recipe["architecture"]["classes"])
    with autocast():
        out = net(x.contiguous(memory_format=torch.channels_last), lam, label)
    return (out.float() - v).square().mean()


@torch.no_grad()
def held_out_loss(net, recipe, dataset):
    """v-MSE on held-out pictures at fixed log-SNRs and fixed noise."""
    x0, label = dataset.held_out(128)
    noise = torch.Generator().manual_seed(5)
    losses = {}
    for lam in (-6, -2, 2, 6):
        lams = torch.full((len(x0),), float(lam), device=x0.device)
        x, v = diffusion.noised(x0, lams, torch.randn(x0.shape, generator=noise).to(x0.device))
        losses[lam] = float((net(x, lams, label) - v).square().mean())
    return losses


def draw(run, dataset, folder):
    """The sample sheet and the curve of a run; returns the held-out losses."""
    net = run.average()
    noise = torch.Generator().manual_seed(3)
    if run.recipe["architecture"]["classes"]:
        classes = run.recipe["architecture"]["classes"]  # a column for each
        label = torch.arange(classes).repeat(6).to(run.device)
        side = int(run.recipe["size"])
        x = torch.randn(len(label), run.recipe["architecture"]["channels"], side, side, generator=noise).to(run.device)
        samples = diffusion.ddim(net, x, 20, label, guidance=2)
        pictures.sheet(folder / "samples.png", samples, classes, zoom=2)
    else:
        x0, _ = dataset.held_out(7)
        rows = [x0]
        for sigma in (15, 25, 50, 100):
            noisy = x0 + sigma / 127.5 * torch.randn(x0.shape, generator=noise).to(run.device)
            clean = diffusion.denoise(net, noisy, diffusion.lambda_of_sigma(sigma)).clamp(-1, 1)
            mse = ((clean - x0) * 127.5).square().mean(dim=(1, 2, 3))
            print(f"  sigma {sigma}: {float((10 * torch.log10(255 ** 2 / mse)).mean()):.2f} dB", flush=True)
            rows += [noisy, clean]
        pictures.sheet(folder / "samples.png", torch.cat(rows), len(x0))
    return held_out_loss(net, run.recipe, dataset)


def draw_curve(folder):
    if not (folder / "log.csv").is_file():
        return  # not a step was made
    with open(folder / "log.csv") as f:
        rows = list(csv.DictReader(f))
    series = {"training": ([float(r["images"]) / 1000 for r in rows], [float(r["loss"]) for r in rows])}
    held = folder / "held_out.jsonl"
    if held.is_file():
        lines = [json.loads(line) for line in held.read_text().splitlines()]
        for lam in ("-2", "2", "6"):
            series[f"held out, log-SNR {lam}"] = ([r["images"] / 1000 for r in lines], [r[lam] for r in lines])
    if len(rows) > 1:
        pictures.curve(folder / "loss.png", series, f"{folder.name}: mean squared error of v", "thousand images", log=True)


def clock(seconds):
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def main():
    args = arguments()
    world, rank = int(os.environ.get("WORLD_SIZE", 1)), int(os.environ.get("RANK", 0))
    torch.set_num_threads(args.threads)
    device = args.device
    if world > 1:
        dist.init_process_group("gloo" if device == "cpu" else "nccl")
        if device == "cuda":
            device = f"cuda:{os.environ.get('LOCAL_RANK', 0)}"
            torch.cuda.set_device(device)
    recipe = common.read_recipe(args.model)
    folder = args.runs / recipe["name"]
    folder.mkdir(parents=True, exist_ok=True)
    checkpoint = folder / "checkpoint.pt"
    torch.manual_seed(recipe["train"]["seed"])

    run = Run(args, recipe, device)
    if args.resume and checkpoint.is_file():
        run.load(checkpoint)
        print(f"resuming at step {run.step}, {clock(run.elapsed)} of training", flush=True)
    elif rank == 0:
        for old in ("log.csv", "held_out.jsonl"):
            (folder / old).unlink(missing_ok=True)
    torch.manual_seed(recipe["train"]["seed"] + 1000 * run.step + rank)
    dataset = data.load(recipe["data"], args.data, device)
    net = run.net
    if world > 1:
        net = torch.nn.parallel.DistributedDataParallel(net)
    bfloat16 = args.precision == "bfloat16" or (args.precision == "auto" and fast_bfloat16(device))
    kind = "cpu" if device == "cpu" else "cuda"
    autocast = (lambda: torch.autocast(kind, torch.bfloat16, cache_enabled=kind == "cpu")) if bfloat16 else nullcontext
    batch, budget = args.batch or recipe["train"]["batch"], args.minutes * 60
    if rank == 0:
        count = sum(p.numel() for p in run.net.parameters())
        print(f"{recipe['name']}: {count:,} parameters, batch {batch} x {world}, "
              f"{'bfloat16' if bfloat16 else 'float32'} on {device}, {args.threads} thread(s)", flush=True)

    alone_on_gpu = kind == "cuda" and world == 1
    loss = lambda: batch_loss(net, recipe, dataset, batch, device, autocast)
    if alone_on_gpu and args.compile:
        captured.compiled(run.net, loss)
    state = run.net.state_dict()
    make = captured.CapturedStep if alone_on_gpu else EagerStep
    step = make(run.net, run.optimizer, loss, [state[k] for k in run.ema], list(run.ema.values()), run.settings["clip"])

    begin, before = time.monotonic(), run.elapsed
    last = {"log": begin, "sheet": begin, "checkpoint": begin}
    seen, logged = run.images, run.step
    while True:
        now = time.monotonic()
        run.elapsed = before + now - begin
        over = run.elapsed >= budget or (args.steps is not None and run.step >= args.steps)
        if world > 1:  # rank 0's clock is everyone's
            state = torch.tensor([run.elapsed, float(over)], dtype=torch.float64, device=device)
            dist.broadcast(state, 0)
            run.elapsed, over = float(state[0]), bool(state[1])
        if over:
            break
        step.run(run.rate(budget), run.kept())
        run.step += 1
        run.images += batch * world
        if alone_on_gpu and run.step % 16 == 0:
            torch.cuda.synchronize()  # else the clock runs ahead of what is done
        if rank:
            continue
        if now - last["log"] >= LOG_SECONDS:
            log(run, folder, step.mean_loss(), now - last["log"], run.images - seen, budget)
            seen, logged, last["log"] = run.images, run.step, now
        if now - last["checkpoint"] >= CHECKPOINT_SECONDS:
            run.save(checkpoint)
            last["checkpoint"] = now
        if now - last["sheet"] >= SHEET_SECONDS:
            report(run, dataset, folder)
            last["sheet"] = time.monotonic()
    if rank == 0:
        if run.step > logged:
            log(run, folder, step.mean_loss(), time.monotonic() - last["log"], run.images - seen, budget)
        run.save(checkpoint)
        report(run, dataset, folder)
        print(f"done: {run.step} steps, {run.images} images, {clock(run.elapsed)}", flush=True)
    if world > 1:
        dist.barrier()
        dist.destroy_process_group()


def log(run, folder, loss, seconds, images, budget):
    path = folder / "log.csv"
    fresh = not path.is_file()
    with open(path, "a") as f:
        if fresh:
            f.write("elapsed,step,images,loss,rate\n")
        f.write(f"{run.elapsed:.1f},{run.step},{run.images},{loss:.6f},{float(run.optimizer.param_groups[0]['lr']):.3g}\n")
    done = min(1, run.elapsed / budget)
    bar = "#" * int(20 * done)
    print(f"[{bar:20}] {clock(run.elapsed)}, {clock(max(0, budget - run.elapsed))} left  step {run.step}  "
          f"{run.images / 1000:.1f}k images  {images / seconds:.0f}/s  loss {loss:.4f}", flush=True)


def report(run, dataset, folder):
    losses = draw(run, dataset, folder)
    with open(folder / "held_out.jsonl", "a") as f:
        f.write(json.dumps({"images": run.images, "elapsed": run.elapsed, **losses}) + "\n")
    draw_curve(folder)


if __name__ == "__main__":
    main()
