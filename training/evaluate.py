#!/usr/bin/python3
"""Measures the bundled networks: evaluate.py photo | digits

Runs them through the program (--program build/…/noiseglass), or in PyTorch from the same weight file (--torch).
The figures are printed as Markdown tables; sheets of what was seen go to --sheets."""
import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path

import classifier
import common
import data
import diffusion
import numpy as np
import pictures
import torch
import torch.nn.functional as F
import weights
from model import UNet

SEED = 2024


# ---- the two engines ----------------------------------------------------------------------------------------------

class Torch:
    """The exported weights (float16, run in float32) in PyTorch."""

    def __init__(self, args):
        torch.set_num_threads(args.threads)
        tensors, metadata = weights.load(args.weights or common.MODELS / f"{args.what}.safetensors")
        self.net = UNet(json.loads(metadata["architecture"]))
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

    def sample(self, label, count, steps, guidance):
        """count samples of a class: (count, 1, 32, 32) in [−1, 1]."""
        torch.manual_seed(SEED + label)
        x = torch.randn(count, 1, 32, 32)
        labels = torch.full((count,), label)
        return torch.cat([diffusion.ddim(self.net, part, steps, labels[:len(part)], guidance) for part in x.split(50)])


class Program:
    """The same through the command line of noiseglass; pictures pass as .npy in [−1, 1], N×C×H×W."""

    def __init__(self, args):
        self.program, self.folder = args.program, tempfile.TemporaryDirectory()
        self.model = str(args.weights or common.MODELS / f"{args.what}.safetensors")
        _, metadata = weights.load(self.model)
        version = subprocess.run([self.program, "--version"], capture_output=True, text=True).stdout.strip()
        self.says = f"{version or 'noiseglass'}, {metadata['images_seen']} images seen"

    def run(self, *words):
        done = subprocess.run([self.program, *map(str, words)], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{self.program} {' '.join(map(str, words))}\n{done.stderr}")

    def denoise(self, noisy, sigma):
        given, out = Path(self.folder.name, "noisy.npy"), Path(self.folder.name, "clean.npy")
        np.save(given, np.ascontiguousarray(np.float32(noisy / 127.5 - 1).transpose(2, 0, 1)))
        self.run("denoise", given, "--sigma", sigma, "--model", self.model, "--npy", out)
        return (np.load(out)[0].transpose(1, 2, 0).astype(np.float64) + 1) * 127.5

    def sample(self, label, count, steps, guidance):
        out = Path(self.folder.name, "samples.npy")
        self.run("sample", "--model", self.model, "--class", label, "--count", count, "--sample-steps", steps,
                 "--sampler", "ddim", "--schedule", "cosine", "--no-clip", "--guidance", guidance, "--seed", SEED + 1000 * label,
                 "--npy", out)
        return torch.from_numpy(np.load(out)).reshape(count, 1, 32, 32)


# ---- photographs --------------------------------------------------------------------------------------------------

def psnr(a, b):
    return 10 * np.log10(255 ** 2 / np.mean((np.clip(a, 0, 255) - b) ** 2))


def classical(sigmas):
    """Non-local means and wavelets, told the noise level, where scikit-image is there."""
    try:
        from skimage.restoration import denoise_nl_means, denoise_wavelet
    except ImportError:
        print("(python3-skimage is not installed: no classical methods beside it)")
        return {}

    def nl_means(noisy, sigma):
        unit, s = noisy / 255, sigma / 255
        return 255 * denoise_nl_means(unit, patch_size=5, patch_distance=9, h=0.6 * s, sigma=s, fast_mode=True,
                                      channel_axis=-1)

    def wavelet(noisy, sigma):
        return 255 * denoise_wavelet(noisy / 255, sigma=sigma / 255, method="BayesShrink", mode="soft",
                                     wavelet="db4", convert2ycbcr=True, channel_axis=-1, rescale_sigma=True)

    return {"non-local means": nl_means, "wavelet (BayesShrink)": wavelet}


def photo(engine, args):
    arrays = data.open_cache(args.data, "photos.npz", "photo --photos DIR")
    names = sorted(n for n in arrays.files if n.startswith("validation/0.25/"))
    methods = {"noiseglass photo": engine.denoise, **classical(args.sigmas)}
    rng = np.random.default_rng(SEED)
    table = {method: {sigma: [] for sigma in args.sigmas} for method in methods}
    sheet = []
    for name in names:
        clean = arrays[name].astype(np.float64)
        for sigma in args.sigmas:
            noisy = clean + rng.normal(0, sigma, clean.shape)  # not clipped, as is usual
            for method, run in methods.items():
                answer = run(noisy, sigma)
                table[method][sigma].append(psnr(answer, clean))
                if sigma == args.sigmas[-1] and method == "noiseglass photo":
                    cut = (slice(110, 230), slice(196, 316))
                    sheet += [torch.from_numpy(p[cut] / 127.5 - 1).permute(2, 0, 1) for p in (clean, noisy, answer)]
        print(name.split("/")[-1], " ".join(f"{table['noiseglass photo'][s][-1]:.2f}" for s in args.sigmas), flush=True)
    print("\n| PSNR, dB, mean of", len(names), "| " + " | ".join(f"σ = {s:g}" for s in args.sigmas) + " |")
    print("| --- |" + " --- |" * len(args.sigmas))
    for method, row in table.items():
        print(f"| {method} | " + " | ".join(f"{np.mean(row[s]):.2f}" for s in args.sigmas) + " |")
    if args.sheets:
        some = sheet[3:15]  # four pictures: clean, noisy, denoised
        pictures.sheet(args.sheets / "photo-denoised.png", torch.stack([p for k in range(3) for p in some[k::3]]), 4)


# ---- digits -------------------------------------------------------------------------------------------------------

def frechet(a, b):
    """Fréchet distance of two sets of features, as Gaussians."""
    mean = ((a.mean(0) - b.mean(0)) ** 2).sum()
    ca, cb = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    values, vectors = np.linalg.eigh(ca)
    root = vectors * np.sqrt(values.clip(0)) @ vectors.T
    cross = np.sqrt(np.linalg.eigvalsh(root @ cb @ root).clip(0)).sum()
    return float(mean + np.trace(ca) + np.trace(cb) - 2 * cross)


def digits(engine, args):
    judge, own = classifier.load()
    real = data.Digits(args.data, "cpu", {})
    test = data.unit(real.test[:, None], 2)
    per_class = -(-args.count // 10)
    labels = torch.arange(10).repeat_interleave(per_class)
    feature = lambda p: classifier.features(judge, p).double().numpy()
    real_features = feature(test)
    n = len(labels)
    order = np.random.default_rng(SEED).permutation(len(test))
    floor = np.mean([frechet(real_features[order[k:k + n]], np.delete(real_features, order[k:k + n], 0))
                     for k in range(0, len(test) - n + 1, n)])
    print(f"the judge's own accuracy on the MNIST test set: {100 * own:.2f} %; "
          f"Fréchet distance of {n} real digits to the other {len(test) - n}: {floor:.2f}\n")
    print(f"| guidance | agreement of {n} samples | Fréchet distance | agreement by class 0 … 9 |")
    print("| --- | --- | --- | --- |")
    for guidance in args.guidance:
        samples = torch.cat([engine.sample(k, per_class, args.steps, guidance) for k in range(10)])
        right = (classifier.classify(judge, samples) == labels).float()
        by_class = " ".join(f"{100 * part.mean():.0f}" for part in right.split(per_class))
        print(f"| {guidance:g} | {100 * right.mean():.1f} % | {frechet(feature(samples), real_features):.2f} | {by_class} |",
              flush=True)
        if args.sheets:
            some = samples.reshape(10, per_class, 1, 32, 32)[:, :10].transpose(0, 1).reshape(-1, 1, 32, 32)
            pictures.sheet(args.sheets / f"digits-guidance-{guidance:g}.png", some, 10)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["photo", "digits"])
    engine = parser.add_mutually_exclusive_group(required=True)
    engine.add_argument("--torch", action="store_true", help="run the weight file in PyTorch")
    engine.add_argument("--program", help="the noiseglass executable")
    parser.add_argument("--weights", type=Path, help="default: assets/models/NAME.safetensors")
    parser.add_argument("--sigmas", type=float, nargs="+", default=[15, 25, 50])
    parser.add_argument("--guidance", type=float, nargs="+", default=[1, 1.5, 2, 3])
    parser.add_argument("--count", type=int, default=1000, help="samples of digits")
    parser.add_argument("--steps", type=int, default=50, help="DDIM steps")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--data", type=Path, default=common.cache("data"))
    parser.add_argument("--sheets", type=Path, help="a folder for sheets of pictures")
    args = parser.parse_args()
    if args.sheets:
        args.sheets.mkdir(parents=True, exist_ok=True)
    engine = Torch(args) if args.torch else Program(args)
    print(engine.says, flush=True)
    {"photo": photo, "digits": digits}[args.what](engine, args)


if __name__ == "__main__":
    main()
