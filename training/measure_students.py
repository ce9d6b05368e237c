"""What a student buys and what it loses: its samples in 1, 2, 4 and 8 steps beside its teacher's in as many, and in 50."""
import json

import common
import distill
import measure_samples
import numpy as np
import pictures
import torch
import weights
from engines import SEED
from model import UNet

TEACHER_STEPS = (1, 2, 4, 8, 50)


def network(path):
    tensors, metadata = weights.load(path)
    net = UNet(json.loads(metadata["architecture"]))
    net.load_state_dict({k: torch.from_numpy(np.float32(t)) for k, t in tensors.items()})
    return net.eval(), metadata


@torch.no_grad()
def student_samples(net, x, labels, n):
    times = distill.Times("cpu")
    for k in range(n):
        i = torch.full((len(x),), k)
        row = torch.full_like(labels, distill.STEPS.index(n))
        x = distill.step(times, n, i, x, net(x, times.at(n, i)[2], labels, row))
    return x


@torch.no_grad()
def teacher_samples(net, x, labels, n, guidance):
    table = distill.cosine_table()
    at = table[np.round(distill.T * (n - np.arange(n + 1)) / n).astype(int)]
    for here, after in zip(at, at[1:]):
        lam = torch.full((len(x),), float(np.log(here / (1 - here))))
        a, s = here ** 0.5, (1 - here) ** 0.5
        told, free = net(x, lam, labels), net(x, lam, torch.full_like(labels, net.arch["classes"]))
        v = free + guidance * (told - free)
        x = after ** 0.5 * (a * x - s * v) + (1 - after) ** 0.5 * (s * x + a * v)
    return x


def measure(engine, dataset, args):
    if not hasattr(engine, "net"):
        raise SystemExit("students are measured in PyTorch: --torch")
    judge = measure_samples.Judge(args.model, dataset)
    labels = torch.arange(len(judge.share)).repeat_interleave(torch.as_tensor(judge.counts(args.count)))
    student, metadata = network(common.MODELS / f"{args.model}-student.safetensors")
    teacher = engine.net
    guidance = float(metadata["guidance"])
    arch = student.arch
    side = int(metadata["size"])
    noise = torch.randn(len(labels), arch["channels"], side, side, generator=torch.Generator().manual_seed(SEED))
    print("| who | steps | network evaluations | accuracy | Fréchet distance | precision | recall |\n|" + " --- |" * 7)
    rows = []
    for who, steps in [("teacher", n) for n in TEACHER_STEPS] + [("student", n) for n in sorted(distill.STEPS)]:
        draw = (lambda x, y: teacher_samples(teacher, x, y, steps, guidance)) if who == "teacher" else (
            lambda x, y: student_samples(student, x, y, steps))
        samples = torch.cat([draw(x, y).clamp(-1, 1) for x, y in zip(noise.split(50), labels.split(50))])
        score, _ = judge.judge(samples, labels)
        print(f"| {who} | {steps} | {steps * (2 if who == 'teacher' else 1)} | {100 * score['accuracy']:.1f} % | "
              f"{score['frechet']:.1f} | {score['precision']:.3f} | {score['recall']:.3f} |", flush=True)
        rows.append(samples[np.linspace(0, len(samples) - 1, 16).astype(int)])
    if args.sheets:
        pictures.sheet(args.sheets / f"{args.model}-students.png", torch.cat(rows), 16, zoom=2)
