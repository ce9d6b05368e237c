"""Sheets of samples and curves as PNG, with nothing but Pillow."""
import math
import os

import common  # noqa: F401
import numpy as np
from PIL import Image, ImageDraw


def save(image, path):
    image.save(f"{path}.part", "PNG", optimize=True)
    os.replace(f"{path}.part", path)


def sheet(path, pictures, columns, zoom=1, gap=2):
    """Pictures (N, C, H, W) in [−1, 1] side by side, row by row."""
    a = np.asarray(pictures.detach().float().cpu())
    a = np.clip((a + 1) * 127.5 + 0.5, 0, 255).astype(np.uint8).transpose(0, 2, 3, 1)
    n, h, w, c = a.shape
    rows = -(-n // columns)
    out = np.full((rows * (h + gap) + gap, columns * (w + gap) + gap, c), 90, np.uint8)
    for k in range(n):
        y, x = gap + k // columns * (h + gap), gap + k % columns * (w + gap)
        out[y:y + h, x:x + w] = a[k]
    image = Image.fromarray(out[..., 0] if c == 1 else out)
    save(image.resize((image.width * zoom, image.height * zoom), Image.NEAREST), path)


def curve(path, series, title, xlabel, log=False, size=(640, 320)):
    """series: {label: (xs, ys)}; ys may be drawn in logarithm."""
    colours = [(31, 99, 180), (214, 96, 20), (40, 140, 60), (150, 60, 150)]
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    f = np.log10 if log else np.asarray
    all_x = np.concatenate([np.asarray(x, float) for x, _ in series.values()])
    all_y = np.concatenate([f(np.asarray(y, float)) for _, y in series.values()])
    if not len(all_x):
        return
    x0, x1, y0, y1 = all_x.min(), all_x.max() + 1e-9, all_y.min(), all_y.max() + 1e-9
    left, top, right, bottom = 56, 28, size[0] - 12, size[1] - 36
    place = lambda x, y: (left + (x - x0) / (x1 - x0) * (right - left), bottom - (y - y0) / (y1 - y0) * (bottom - top))
    draw.rectangle((left, top, right, bottom), outline=(200, 200, 200))
    decades = range(math.ceil(y0), math.floor(y1) + 1)
    few = decades[::-(-len(decades) // 6)] if log and len(decades) > 1 else np.linspace(y0, y1, 5)
    for y in few:
        draw.text((4, place(x0, y)[1] - 6), f"{10.0 ** y if log else y:.4g}", fill="black")
    for x in np.linspace(x0, x1, 5):
        draw.text((place(x, y0)[0] - 10, bottom + 4), f"{round(x, 6):.4g}", fill="black")
    lines = [[place(x, y) for x, y in zip(np.asarray(xs, float), f(np.asarray(ys, float)))] for xs, ys in series.values()]
    for k, line in enumerate(lines):
        draw.line(line, fill=colours[k % 4], width=2)
    wide, high = max(map(draw.textlength, series)) + 8, 14 * len(series) + 6
    corners = [(x, y) for y in (top + 4, bottom - high) for x in (right - wide, left + 8)]
    points = np.concatenate([np.stack([np.linspace(a, b, 50) for a, b in zip(line, line[1:])]).reshape(-1, 2)
                             for line in lines if len(line) > 1] or [np.zeros((0, 2))])
    crowd = [((points >= (x, y)) & (points <= (x + wide, y + high))).all(1).sum() for x, y in corners]
    x, y = corners[int(np.argmin(crowd))]  # where the fewest lines pass
    for k, label in enumerate(series):
        draw.text((x, y + 14 * k), label, fill=colours[k % 4])
    draw.text((left, 8), title, fill="black")
    draw.text(((left + right) // 2 - 20, bottom + 18), xlabel, fill="black")
    save(image, path)
