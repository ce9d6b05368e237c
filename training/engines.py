"""Two ways to run exported weights: through the program (what is measured), and in PyTorch (to compare with)."""
import csv
import hashlib
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

import common
import diffusion
import numpy as np
import torch
import torch.nn.functional as F
import weights
from model import UNet

SEED = 2024


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


class Torch:
    """The exported weights (float16, run in float32) in PyTorch."""

    def __init__(self, args):
        torch.set_num_threads(args.threads)
        path = args.weights or common.MODELS / f"{args.model}.safetensors"
        tensors, metadata = weights.load(path)
        self.sha256 = sha256(path)
        self.arch, self.size = json.loads(metadata["architecture"]), metadata["size"]
        self.net = UNet(self.arch)
        self.net.load_state_dict({k: torch.from_numpy(np.float32(t)) for k, t in tensors.items()})
        self.net.eval().to(memory_format=torch.channels_last)
        self.says = f"PyTorch {torch.__version__}, {metadata['images_seen']} images seen"

    def denoise(self, noisy, sigma):
        """noisy and the answer: (H, W, 3) on 0…255."""
        x = torch.from_numpy(noisy).permute(2, 0, 1)[None].float() / 127.5 - 1
        h, w = x.shape[-2:]
        x = F.pad(x, [0, -w % 8, 0, -h % 8], mode="reflect")
        clean = diffusion.denoise(self.net, x, diffusion.lambda_of_sigma(sigma))[0, :, :h, :w]
        return ((clean + 1) * 127.5).permute(1, 2, 0).numpy()

    def sample(self, label, count, steps, guidance, sampler="ddim", schedule="cosine"):
        """count samples of a class: (count, C, H, W), near [−1, 1]."""
        if (sampler, schedule) != ("ddim", "cosine"):
            raise SystemExit("PyTorch knows DDIM along the cosine schedule only; use --program")
        torch.manual_seed(SEED + label)
        side = int(self.size)
        x = torch.randn(count, self.arch["channels"], side, side)
        labels = torch.full((count,), label)
        return torch.cat([diffusion.ddim(self.net, part, steps, labels[:len(part)], guidance) for part in x.split(50)])


class Program:
    """The command line of noiseglass; pictures pass as .npy in [−1, 1], N×C×H×W."""

    def __init__(self, args):
        self.program, self.folder = args.program, tempfile.TemporaryDirectory()
        self.drawn = {}
        self.model = str(args.weights or common.MODELS / f"{args.model}.safetensors")
        _, metadata = weights.load(self.model)
        self.sha256 = sha256(self.model)
        version = subprocess.run([self.program, "--version"], capture_output=True, text=True).stdout.strip()
        self.says = f"{version or 'noiseglass'}, {metadata['images_seen']} images seen"

    def run(self, *words):
        done = subprocess.run([self.program, *map(str, words)], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{self.program} {' '.join(map(str, words))}\n{done.stderr}")
        return done.stdout

    def samplers(self):
        """Every sampler that the program has."""
        return [record["id"] for record in json.loads(self.run("samplers", "--json"))]

    def peak_memory(self, *words):
        """The most memory that a command held, in bytes, and its seconds."""
        begun = time.monotonic()
        child = subprocess.Popen([self.program, *map(str, words)])
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"{self.program} {' '.join(map(str, words))} failed")
        return usage.ru_maxrss * 1024, time.monotonic() - begun

    def passed(self, pictures):
        """The command that pictures are given to reads the first file and writes the second."""
        given, out = Path(self.folder.name, "given.npy"), Path(self.folder.name, "out.npy")
        np.save(given, np.ascontiguousarray(pictures, dtype=np.float32))
        return given, out

    def guess(self, y, sigma, label=None):
        """x̂₀ behind y = x₀ + σ/127.5·ε, (N, C, H, W); a class, or none."""
        given, out = self.passed(y)
        classes = [] if label is None else ["--class", label]
        self.run("denoise", given, "--sigma", repr(float(sigma)), "--model", self.model, *classes, "--npy", out)
        return np.load(out)

    def denoise(self, noisy, sigma):
        """noisy and the answer: (H, W, 3) on 0…255."""
        clean = self.guess((noisy / 127.5 - 1).transpose(2, 0, 1)[None], sigma)
        return (clean[0].transpose(1, 2, 0).astype(np.float64) + 1) * 127.5

    def sample(self, label, count, steps, guidance, sampler="ddim", schedule="cosine"):
        """count samples of a class: (count, C, H, W), near [−1, 1]; nothing is clipped on the way. Drawn once."""
        key = label, count, steps, guidance, sampler, schedule
        if key in self.drawn:
            return self.drawn[key]
        _, out = self.passed([0])
        self.run("sample", "--model", self.model, "--class", label, "--count", count, "--sample-steps", steps, "--sampler",
                 sampler, "--schedule", schedule, "--no-clip", "--guidance", guidance, "--seed", SEED + 10000 * label,
                 "--npy", out)
        self.drawn[key] = torch.from_numpy(np.load(out))
        return self.drawn[key]

    def back(self, clean, t, steps, seed=SEED, schedule="cosine"):
        """Pictures (N, C, H, W) noised to t of 1000 and brought back with DDIM."""
        given, out = self.passed(clean)
        self.run("reverse", given, "--from", t, "--sample-steps", steps, "--schedule", schedule, "--no-clip", "--seed", seed,
                 "--model", self.model, "--npy", out)
        return np.load(out)

    def nearest(self, pictures, set_file):
        """For each picture: (distance on 0…255, index in the set)."""
        given, _ = self.passed(pictures)
        rows = csv.DictReader(self.run("nearest", given, "--set", set_file).splitlines())
        return np.array([(float(r["distance"]), int(r["nearest"])) for r in rows])
