#!/usr/bin/python3
"""Draws the program's icon, packaging/linux/noiseglass.svg, which is what the program is about: a picture of 16 × 16 cells, x₀
at its left edge, noise at its right, x = √ᾱ·x₀ + √(1−ᾱ)·ε in between. Not needed to build; its output is in the repository.

    packaging/make_icon.py > packaging/linux/noiseglass.svg
"""

import math
import random

CELLS, SIZE = 16, 256


def scene(x, y):
    """Red, green, blue in −1 … 1 of a sun above hills; x and y in 0 … 1."""
    if math.hypot(x - 0.34, y - 0.33) < 0.17:
        return 1.0, 0.72, 0.1
    if y > 0.62 + 0.09 * math.sin(6.5 * x + 0.4):
        return -0.75, 0.1 - 0.5 * (y - 0.6), -0.35
    if y > 0.5 + 0.1 * math.sin(9 * x + 2.2):
        return -0.55, 0.35, 0.0
    return -0.65 + 0.5 * y, -0.15 + 0.6 * y, 0.55 + 0.3 * y


def main():
    chance = random.Random(7)
    cell = SIZE // CELLS
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" viewBox="0 0 {SIZE} {SIZE}">')
    print(f'<clipPath id="glass"><rect width="{SIZE}" height="{SIZE}" rx="44"/></clipPath>')
    print('<g clip-path="url(#glass)" shape-rendering="crispEdges">')
    for row in range(CELLS):
        for column in range(CELLS):
            x, y = (column + 0.5) / CELLS, (row + 0.5) / CELLS
            alpha_bar = math.cos(math.pi / 2 * max(0.0, x - 0.25) / 0.75) ** 2
            mixed = [math.sqrt(alpha_bar) * x_0 + math.sqrt(1 - alpha_bar) * 0.6 * chance.gauss(0, 1) for x_0 in scene(x, y)]
            colour = "".join(f"{max(0, min(255, round(127.5 * (1 + v)))):02x}" for v in mixed)
            print(f'<rect x="{column * cell}" y="{row * cell}" width="{cell}" height="{cell}" fill="#{colour}"/>')
    print("</g>")
    print("</svg>")


if __name__ == "__main__":
    main()
