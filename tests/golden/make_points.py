#!/usr/bin/python3
"""Makes ../data/points.json: the first points of each 2-D data set, written down a second time in float64 numpy from
what the records say, without the core's code. Needs python3-numpy."""

import json
import pathlib

import numpy as np

from make_golden import philox4x32

COUNT, SEED = 12, 7
FAMILY = 3  # the streams of data sets


def blocks(index, stream):
    index = np.asarray(index, dtype=np.uint64)
    zero = np.zeros_like(index)
    return philox4x32([index, zero, zero + np.uint64(stream), zero + np.uint64(FAMILY)],
                      [np.uint64(SEED), np.uint64(0)])


def draws(count):
    """Places in [0, 1) by the golden ratio from a random start, and two normals for each point."""
    start = (blocks([0], 0)[0][0] + 0.5) / 2**32
    place = (start + np.arange(count) * (np.sqrt(5) - 1) / 2) % 1
    normals = []
    for k in range(count):  # point k has numbers 2k and 2k + 1 of stream 1: half a block
        block = blocks([k // 2], 1)
        radius_word, angle_word = (block[0][0], block[1][0]) if k % 2 == 0 else (block[2][0], block[3][0])
        radius = np.sqrt(-2 * np.log((radius_word + 0.5) / 2**32))
        normals.append(radius * np.exp(2j * np.pi * angle_word / 2**32))
    return place, np.array(normals)


def two_moons(place, normal):
    upper, lower = np.exp(2j * np.pi * place), 1 + 0.5j - np.exp(1j * np.pi * (2 * place - 1))
    return np.where(place < 0.5, upper, lower) + 0.06 * normal


def spiral(place, normal):
    angle = np.sqrt((np.pi / 2) ** 2 + place * ((9 * np.pi / 2) ** 2 - (np.pi / 2) ** 2))
    return angle * np.exp(1j * angle) + 0.35 * normal


def rings(place, normal):
    share = 1 / 3.2
    turn = np.where(place < share, place / share, (place - share) / (1 - share))
    return np.where(place < share, 1, 2.2) * np.exp(2j * np.pi * turn) + 0.07 * normal


def mixture(place, normal):
    weights, means = [0.30, 0.15, 0.25, 0.10, 0.20], np.array([-1.6 + 0.9j, -0.9 - 1.3j, 0.7 - 0.5j, 1.9 - 1.5j, 1.4 + 1.4j])
    stds = np.array([0.20, 0.14, 0.30, 0.10, 0.20])
    k = np.searchsorted(np.cumsum(weights)[:-1], place, side="right")
    return means[k] + stds[k] * normal


def letters(place, normal):
    line = lambda a, b: (lambda u: a + u * (b - a), abs(b - a))
    bowl_x, bowl_y = 0.42, 0.5
    bowl = (lambda u: 0.25 + 0.5j + bowl_x * np.cos(np.pi * (u - 0.5)) + 1j * bowl_y * np.sin(np.pi * (u - 0.5)),
            np.pi * np.sqrt((bowl_x**2 + bowl_y**2) / 2))
    strokes = [line(0, 1j), line(1j, 0.25 + 1j), line(0, 0.25), bowl, line(1.95 + 1j, 2.75 + 1j), line(2.35, 2.35 + 1j)]
    for left in (0.9, 2.9):
        strokes += [line(left, left + 0.42 + 1j), line(left + 0.42 + 1j, left + 0.84),
                    line(left + 0.147 + 0.35j, left + 0.693 + 0.35j)]
    lengths = np.array([length for _, length in strokes])
    ends = np.cumsum(lengths)
    k = np.searchsorted(ends, place * ends[-1], side="right")
    at = [strokes[j][0]((p * ends[-1] - ends[j] + lengths[j]) / lengths[j]) for j, p in zip(k, place)]
    return np.array(at) + 0.02 * normal


def main():
    sets = {}
    for make in (two_moons, spiral, rings, mixture, letters):
        points = make(*draws(COUNT))
        points = points - points.mean()
        points *= np.sqrt(2 / np.mean(np.abs(points) ** 2))
        sets[make.__name__] = [[round(p.real, 12), round(p.imag, 12)] for p in points]
    target = pathlib.Path(__file__).resolve().parent.parent / "data" / "points.json"
    target.write_text(json.dumps({"seed": SEED, "sets": sets}, indent=1) + "\n")


if __name__ == "__main__":
    main()
