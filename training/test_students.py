#!/usr/bin/python3
"""Students: where their steps lead, and that they begin as their teacher: /usr/bin/python3 training/test_students.py"""
import argparse
import csv
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import common
import distill
import export
import numpy as np
import torch
import weights
from model import UNet

ARCH = {"format": "noiseglass-unet-1", "channels": 1, "stem": 4, "patch": 2, "widths": [8, 16], "blocks": 1, "middle": 1,
        "attention": False, "norm": "group", "groups": 4, "embedding": 16, "classes": 2, "frequencies": 32}


class Squares:
    """Squares at the left or at the right."""

    def batch(self, n):
        label = torch.arange(n) % 2
        x = torch.full((n, 1, 8, 8), -1.0)
        x[label == 0, :, 2:5, 1:4] = 1
        x[label == 1, :, 3:6, 4:7] = 1
        return x, label


def distillation(steps=4):
    torch.manual_seed(3)
    args = argparse.Namespace(teacher="squares", guidance=1.5, minutes=1, steps=steps, batch=16, rate=1e-3)
    recipe = {"name": "squares", "label": "Squares", "architecture": ARCH, "size": "8", "class_names": ["left", "right"],
              "data_text": "squares", "license": "none", "sha256": "0", "train": {"seed": 1}}
    return distill.Distillation(args, recipe, UNet(ARCH), "cpu")


class Students(unittest.TestCase):
    def test_steps_lie_where_the_program_has_them(self):
        times = distill.Times("cpu")
        self.assertEqual(len(times.lam[2]), 3)
        self.assertAlmostEqual(float(times.alpha[1][1]), 1)
        self.assertAlmostEqual(float(times.sigma[8][8]), 0)
        for n in distill.STEPS:  # each stop of n steps is one of 2n and of the teacher's
            self.assertTrue(torch.equal(times.lam[n][1:], times.lam[8][8 // n::8 // n]))
            self.assertTrue(torch.equal(times.lam[n], times.lam[32][::32 // n]))
        program = os.environ.get("NOISEGLASS_PROGRAM") or common.ROOT / "build" / "release" / "app" / "noiseglass"
        if not Path(program).is_file():
            self.skipTest("the program is not built")
        rows = list(csv.DictReader(subprocess.run([program, "schedule", "cosine"], capture_output=True, text=True).stdout.splitlines()))
        told = np.array([float(row["alpha_bar"]) for row in rows])
        np.testing.assert_allclose(distill.cosine_table(), told, rtol=1e-9)

    def test_a_step_with_the_true_v_stays_on_the_way(self):
        times, i = distill.Times("cpu"), torch.tensor([1, 3])
        x0, eps = torch.randn(2, 2, 1, 4, 4)
        a, s, _ = times.at(8, i)
        after, left, _ = times.at(8, i + 1)
        reached = distill.step(times, 8, i, a * x0 + s * eps, a * eps - s * x0)
        torch.testing.assert_close(reached, after * x0 + left * eps)

    def test_it_begins_as_its_teacher(self):
        run = distillation()
        x, lam, label = torch.randn(4, 1, 8, 8), torch.zeros(4), torch.tensor([0, 1, 2, 0])
        for n in distill.STEPS:
            torch.testing.assert_close(run.student(x, lam, label, run.row(n, label)), run.teacher(x, lam, label))

    def test_every_stage_is_trained_and_kept(self):
        run, before = distillation(), None
        for stage in range(len(distill.STEPS)):
            run.run_stage(stage, Squares(), 60)
            table = run.ema["step_embed.weight"].clone()
            self.assertGreater(float(table[stage].abs().sum()), 0)
            if before is not None:
                self.assertFalse(torch.equal(table, before))
            before = table
        self.assertEqual(run.images, 4 * 4 * 16)
        with tempfile.TemporaryDirectory() as folder:
            run.save(Path(folder, "run", "checkpoint.pt"), 1.0)
            export.export(Path(folder, "run", "checkpoint.pt"), Path(folder, "s.safetensors"))
            tensors, metadata = weights.load(Path(folder, "s.safetensors"))
        self.assertEqual(json.loads(metadata["architecture"])["steps"], [8, 4, 2, 1])
        self.assertEqual((metadata["guidance"], metadata["label"]), ("1.5", "Student of squares"))
        self.assertEqual(tensors["step_embed.weight"].shape, (4, 16))


if __name__ == "__main__":
    unittest.main()
