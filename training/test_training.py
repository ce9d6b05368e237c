#!/usr/bin/python3
"""A tiny run from end to end, in seconds: /usr/bin/python3 training/test_training.py"""
import csv
import json
import os
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import common
import diffusion
import numpy as np
import torch
import weights
from model import UNet

ARCH = {"format": "noiseglass-unet-1", "channels": 1, "stem": 4, "patch": 2, "widths": [16, 32], "blocks": 1, "middle": 2,
        "attention": True, "norm": "group", "groups": 4, "embedding": 32, "classes": 10, "frequencies": 32}


def random_digits(folder):
    """Blobs that stand for digits, so that the test needs no download."""
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 10, 256).astype(np.uint8)
    pictures = np.zeros((256, 28, 28), np.uint8)
    for picture, label in zip(pictures, labels):
        picture[label * 2:label * 2 + 8, 8:20] = 220
    np.savez(folder / "mnist.npz", train=pictures, train_labels=labels, test=pictures, test_labels=labels)


class Training(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        random_digits(cls.folder)
        recipe = json.loads((common.HERE / "models" / "digits.json").read_text())
        recipe.update(name="tiny", architecture=ARCH)
        recipe["train"].update(batch=16, warmup=5)
        (cls.folder / "tiny.json").write_text(json.dumps(recipe))

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def start(self, *words, **environment):
        env = dict(os.environ, OMP_NUM_THREADS="1", **environment)
        return subprocess.Popen([sys.executable, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                text=True, env=env)

    def finish(self, process):
        said, _ = process.communicate()
        self.assertEqual(process.returncode, 0, said)
        return said

    def train_words(self, runs, steps, *more):
        return (common.HERE / "train.py", "--model", self.folder / "tiny.json", "--minutes", 5, "--steps", steps,
                "--runs", self.folder / runs, "--data", self.folder, *more)

    def train(self, *words):
        return self.finish(self.start(*self.train_words(*words)))

    def state(self, runs):
        return torch.load(self.folder / runs / "tiny" / "checkpoint.pt")

    def test_loss_falls_resume_continues_and_export_round_trips(self):
        self.train("a", 5, "--precision", "float32")
        with open(self.folder / "a" / "tiny" / "log.csv") as f:
            first = float(list(csv.DictReader(f))[-1]["loss"])
        self.assertIn("resuming at step 5", self.train("a", 60, "--precision", "float32"))
        with open(self.folder / "a" / "tiny" / "log.csv") as f:
            last = float(list(csv.DictReader(f))[-1]["loss"])
        self.assertLess(last, 0.8 * first)
        state = self.state("a")
        self.assertEqual((state["step"], state["images"]), (60, 960))

        out = self.folder / "tiny.safetensors"
        self.finish(self.start(common.HERE / "export.py", "--model", "tiny", "--runs", self.folder / "a", "--out", out))
        tensors, metadata = weights.load(out)
        self.assertEqual(json.loads(metadata["architecture"]), ARCH)
        self.assertTrue(all(isinstance(value, str) for value in metadata.values()))
        self.assertEqual(set(tensors), set(state["ema"]))
        nets = [UNet(ARCH), UNet(ARCH)]
        nets[0].load_state_dict(state["ema"])
        nets[1].load_state_dict({k: torch.from_numpy(np.float32(t)) for k, t in tensors.items()})
        x, lam, label = torch.randn(2, 1, 32, 32), torch.tensor([-2.0, 3.0]), torch.tensor([1, 10])
        with torch.no_grad():
            self.assertLess(float((nets[0](x, lam, label) - nets[1](x, lam, label)).abs().max()), 0.02)

        self.train("b", 1, "--start-from", out)  # a warm start begins where the weights are
        begun = self.state("b")["model"]["stem.weight"]
        self.assertLess(float((begun - torch.from_numpy(np.float32(tensors["stem.weight"]))).abs().max()), 0.01)

    def test_two_processes(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = str(s.getsockname()[1])
        shared = dict(WORLD_SIZE="2", MASTER_ADDR="127.0.0.1", MASTER_PORT=port)  # what torchrun sets
        both = [self.start(*self.train_words("c", 4), RANK=str(r), **shared) for r in range(2)]
        said = [self.finish(process) for process in both]
        self.assertIn("batch 16 x 2", said[0])
        self.assertEqual(self.state("c")["images"], 128)

    def test_v_gives_back_picture_and_noise(self):
        x0, eps, lam = torch.randn(3, 1, 4, 4), torch.randn(3, 1, 4, 4), torch.tensor([-9.0, 0.3, 9.0])
        x, v = diffusion.noised(x0, lam, eps)
        a, s = diffusion.alpha_sigma(lam)
        self.assertTrue(torch.allclose(a * x - s * v, x0, atol=1e-5))
        self.assertTrue(torch.allclose(s * x + a * v, eps, atol=1e-5))

    def test_lambdas_cover_their_range(self):
        for name in ("icons", "photo"):
            how = common.read_recipe(name)["train"]["lambda"]
            lam = diffusion.sample_lambda(4096, how)
            self.assertTrue(how["at"][0] <= lam.min() < how["at"][0] + 0.1 and how["at"][-1] - 0.1 < lam.max() <= how["at"][-1])
            self.assertAlmostEqual(sum(how["mass"]), 1)
            for low, high, mass in zip(how["at"], how["at"][1:], how["mass"]):
                self.assertAlmostEqual(float(((lam > low) & (lam < high)).float().mean()), mass, places=2)

    def test_sigma_on_the_byte_scale(self):
        a, s = diffusion.alpha_sigma(torch.tensor([diffusion.lambda_of_sigma(25)]))
        self.assertAlmostEqual(float(s / a) * 127.5, 25, places=3)


if __name__ == "__main__":
    unittest.main()
