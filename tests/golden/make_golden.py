#!/usr/bin/python3
"""Makes the golden pictures beside it: bundled pictures with noise, computed from the papers in float64 numpy.

It shares no code with the core on purpose: schedule, noise, mix and rounding are written down a second time, so that
the tests compare two independent readings of the same formulae. Needs python3-numpy and python3-pil.
"""

import pathlib

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
PICTURES = HERE.parent.parent / "assets" / "pictures"
SEED, T = 2020, 1000
GOLDEN = [("digit-3", "linear", 250), ("butterfly", "cosine", 500), ("butterfly", "linear", 1000)]


def linear_alpha_bar(t):
    """Ho et al. 2020, section 4: beta from 1e-4 to 0.02."""
    return np.prod(1 - np.linspace(1e-4, 0.02, T)[:t])


def cosine_alpha_bar(t, s=0.008):
    """Nichol & Dhariwal 2021, eq. 17, with beta at most 0.999."""
    f = np.cos((np.arange(T + 1) / T + s) / (1 + s) * np.pi / 2) ** 2
    return np.prod(1 - np.minimum(1 - f[1:] / f[:-1], 0.999)[:t])


def philox4x32(counter, key):
    """Salmon et al. 2011, section 3.3: ten rounds; counter and key are lists of arrays of 32-bit words in uint64."""
    c, k, mask = list(counter), list(key), np.uint64(0xFFFFFFFF)
    for _ in range(10):
        p0, p1 = np.uint64(0xD2511F53) * c[0], np.uint64(0xCD9E8D57) * c[2]
        c = [(p1 >> np.uint64(32)) ^ c[1] ^ k[0], p1 & mask, (p0 >> np.uint64(32)) ^ c[3] ^ k[1], p0 & mask]
        k = [(k[0] + np.uint64(0x9E3779B9)) & mask, (k[1] + np.uint64(0xBB67AE85)) & mask]
    return c


def gaussian(seed, count):
    """Numbers 0 … count − 1 of stream 0: Box & Muller on words (0, 1) and (2, 3) of each block."""
    blocks = np.arange((count + 3) // 4, dtype=np.uint64)
    zero = np.zeros_like(blocks)
    words = philox4x32([blocks, zero, zero, zero], [np.uint64(seed), np.uint64(0)])
    numbers = []
    for radius_word, angle_word in (words[:2], words[2:]):
        radius = np.sqrt(-2 * np.log((radius_word + 0.5) / 2**32))
        angle = 2 * np.pi * angle_word / 2**32
        numbers += [radius * np.cos(angle), radius * np.sin(angle)]
    return np.stack(numbers, axis=-1).reshape(-1)[:count]


def main():
    for picture, schedule, t in GOLDEN:
        x_0 = np.asarray(Image.open(PICTURES / f"{picture}.png"), dtype=np.float64) / 127.5 - 1
        alpha_bar = {"linear": linear_alpha_bar, "cosine": cosine_alpha_bar}[schedule](t)
        epsilon = gaussian(SEED, x_0.size).reshape(x_0.shape)
        x_t = np.sqrt(alpha_bar) * x_0 + np.sqrt(1 - alpha_bar) * epsilon
        pixels = np.clip(np.rint((x_t + 1) * 127.5), 0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(HERE / f"{picture}-{schedule}-{t}.png", optimize=True)


if __name__ == "__main__":
    main()
