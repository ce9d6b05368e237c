#!/usr/bin/python3
"""Colour and classes, from pictures to samples judged: /usr/bin/python3 training/test_icons.py

The comparison with the C++ program wants it in NOISEGLASS_PROGRAM, or built in build/release."""
import csv
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import common
import data
import diffusion
import judging
import measure_loss
import measure_nearest
import numpy as np
import torch
import weights
from engines import Program
from model import UNet

ARCH = {"format": "noiseglass-unet-1", "channels": 3, "stem": 4, "patch": 2, "widths": [16, 32], "blocks": 1, "middle": 2,
        "attention": True, "norm": "group", "groups": 4, "embedding": 32, "classes": 2, "frequencies": 32}
KINDS = [{"name": "reds", "hue": 5, "of": ["red"]}, {"name": "blues", "hue": 180, "of": ["blue"]}]


def write_icons(folder):
    """Squares on white, red at the left or blue at the right, in two sizes; some are to be left out."""
    rng, rows = np.random.default_rng(0), []
    for n in range(96):
        sub = ("red", "blue", "other")[n % 3]
        pictures = np.full((2, 32, 32, 3), 255, np.uint8)
        x, y = (6 if sub == "red" else 16), rng.integers(6, 16)
        pictures[:, y:y + 8, x:x + 8] = (210, 20, 30) if sub == "red" else (20, 40, 200)
        rows.append((pictures, sub, f"short {n}", f"name {n}", "noto", f"key {n}"))
    columns = dict(zip(("pictures", "subcategory", "short_name", "name", "style", "key"), map(np.array, zip(*rows))))
    np.savez(folder / "icons.npz", **columns)


def program():
    path = os.environ.get("NOISEGLASS_PROGRAM") or common.ROOT / "build" / "release" / "app" / "noiseglass"
    return str(path) if Path(path).is_file() else None


class Icons(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        write_icons(cls.folder)
        recipe = json.loads((common.HERE / "models" / "icons.json").read_text())
        recipe.update(name="tiny", architecture=ARCH, class_names=[k["name"] for k in KINDS])
        recipe["data"] = {"kind": "icons", "size": 32, "classes": KINDS, "leave_out": ["short 0"]}
        recipe["train"].update(batch=16, warmup=5)
        cls.recipe = cls.folder / "tiny.json"
        cls.recipe.write_text(json.dumps(recipe))
        cls.dataset = data.load(recipe["data"], cls.folder)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def run_script(self, *words):
        done = subprocess.run([sys.executable, *map(str, words)], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def trained(self):
        """Weights after sixty steps; the loss must have fallen."""
        out = self.folder / "tiny.safetensors"
        if not out.is_file():
            common_words = ("--model", self.recipe, "--minutes", 5, "--data", self.folder, "--precision", "float32")
            losses = []
            for steps in (5, 60):
                self.run_script(common.HERE / "train.py", *common_words, "--steps", steps, "--runs", self.folder)
                with open(self.folder / "tiny" / "log.csv") as f:
                    losses.append(float(list(csv.DictReader(f))[-1]["loss"]))
            self.assertLess(losses[1], 0.8 * losses[0])
            self.run_script(common.HERE / "export.py", "--model", "tiny", "--runs", self.folder, "--out", out)
        return out

    def test_pictures_are_sorted_and_held_out_by_key(self):
        total = len(self.dataset.pictures) + len(self.dataset.test)
        self.assertEqual(total, 63)  # two thirds of 96, less the one left out
        keys = [f"key {n}" for n in range(96)]
        held = [k for k in keys if data.held_out_key(k)]
        self.assertTrue(0 < len(held) < 24)
        held_names = {self.dataset.names[i] for i in self.dataset.test_index}
        self.assertTrue(all(f"key {n.split()[1]}" in held for n in held_names))
        bytes_, names = self.dataset.atlas()
        for picture, name, label in zip(bytes_, names, self.dataset.labels):
            self.assertEqual(int(name.split()[1]) % 3, int(label))
            self.assertEqual(int(picture[..., 0].min()) < 100, int(label) == 1)  # only the blue ones lack red

    def test_augmentation_leaves_white_white(self):
        torch.manual_seed(0)
        x, label = self.dataset.batch(64)
        self.assertGreaterEqual(float(x.min()), -1)
        self.assertTrue(bool((x[:, :, 0] == 1).all() and (x[:, :, :, -1] == 1).all()))
        ink = (1 - x).sum(dim=(2, 3))
        red = ink[label == 0]
        self.assertTrue(bool((red[:, 0] < red[:, 1]).all()))  # the hue of these may turn by five degrees only
        self.assertGreater(float(ink[label == 1].std(0).max()), 3 * float(red.std(0).max()))

    def test_a_hue_turned_by_120_degrees_swaps_the_channels(self):
        x = torch.tensor([0.9, -0.2, 0.1]).reshape(1, 3, 1, 1)
        torch.manual_seed(0)
        seen = torch.cat([data.recolored(x, torch.tensor([np.pi])) for _ in range(4000)])[:, :, 0, 0]
        ink, mean = 1 - seen, (1 - x).mean()
        gain = ink.mean(1) / mean  # the mean over the channels only feels the contrast
        self.assertTrue(bool(((gain > 0.899) & (gain < 1.001)).all()))
        near = [(ink / gain[:, None] - (1 - x[0, order, 0, 0])).abs().max(1).values.min() for order in
                ([1, 2, 0], [2, 0, 1])]
        self.assertLess(float(max(near)), 0.02)

    def test_export_and_program_agree_on_every_class(self):
        out = self.trained()
        tensors, metadata = weights.load(out)
        self.assertEqual(json.loads(metadata["class_names"]), ["reds", "blues"])
        if not program():
            self.skipTest("the program is not built")
        net = UNet(ARCH)
        net.load_state_dict({k: torch.from_numpy(np.float32(t)) for k, t in tensors.items()})
        args = type("Args", (), {"program": program(), "weights": out, "model": "tiny"})
        engine = Program(args)
        self.addCleanup(engine.folder.cleanup)
        x0, _ = self.dataset.held_out(3)
        for sigma in (20, 200):
            lam = diffusion.lambda_of_sigma(sigma)
            a, s = diffusion.alpha_sigma(torch.tensor([lam]))
            y = x0 + sigma / 127.5 * torch.randn(x0.shape, generator=torch.Generator().manual_seed(1))
            for label in (None, 0, 1):
                k = ARCH["classes"] if label is None else label
                with torch.no_grad():
                    v = net(a * y, torch.full((3,), lam), torch.full((3,), k))
                expected = a * a * y - s * v
                seen = engine.guess(y.numpy(), sigma, label)
                self.assertLess(float(np.abs(seen - expected.numpy()).max()), 2e-3)

    def test_training_pictures_are_found_again_by_the_program(self):
        if not program():
            self.skipTest("the program is not built")
        set_file = measure_nearest.write_set("icons", self.dataset, self.folder / "set")
        args = type("Args", (), {"program": program(), "weights": self.trained(), "model": "tiny"})
        bytes_, _ = self.dataset.atlas()
        some = torch.from_numpy(bytes_[[4, 9]]).permute(0, 3, 1, 2).float() / 127.5 - 1
        engine = Program(args)
        self.addCleanup(engine.folder.cleanup)
        found = engine.nearest(some.flip(-1).numpy(), set_file)
        self.assertTrue((found[:, 0] < 0.01).all())


class Judging(unittest.TestCase):
    def test_frechet_of_known_gaussians(self):
        rng = np.random.default_rng(0)
        a = rng.standard_normal((200000, 3)) * (1, 2, 3)
        b = rng.standard_normal((200000, 3)) * (2, 2, 1) + (1, 0, 0)
        self.assertAlmostEqual(judging.frechet(a, b), 1 + 1 + 0 + 4, delta=0.1)  # |Δμ|² + Σ(σ₁ − σ₂)²
        self.assertAlmostEqual(judging.frechet(a, a), 0, delta=1e-6)

    def test_precision_and_recall_tell_missing_from_wrong(self):
        rng = np.random.default_rng(1)
        left, right = rng.standard_normal((300, 2)), rng.standard_normal((300, 2)) + 100
        real = np.concatenate([left[:150], right[:150]])
        precision, recall = judging.precision_recall(left, real)  # one of two modes
        self.assertGreater(precision, 0.9)
        self.assertAlmostEqual(recall, 0.5, delta=0.05)
        precision, recall = judging.precision_recall(real + 1000, real)  # nothing is right
        self.assertEqual((precision, recall), (0, 0))

    def test_exact_denoiser_against_direct_differences(self):
        rng = np.random.default_rng(2)
        training, x = rng.uniform(-1, 1, (20, 6)), rng.standard_normal((4, 6))
        for lam in (-5, 0, 5):
            a, s = np.sqrt(1 / (1 + np.exp(-lam))), np.sqrt(1 / (1 + np.exp(lam)))
            weight = np.exp(-((x[:, None] - a * training[None]) ** 2).sum(-1) / (2 * s * s))
            expected = (weight / weight.sum(1, keepdims=True)) @ training
            self.assertLess(np.abs(measure_loss.exact(x, a, s, training) - expected).max(), 1e-9)


if __name__ == "__main__":
    unittest.main()
