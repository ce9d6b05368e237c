#!/usr/bin/python3
"""Line drawings, and a network begun from another's weights: /usr/bin/python3 training/test_doodles.py"""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import common
import data
import get_data
import measure_nearest
import numpy as np
import torch
import weights
from model import UNet
from test_training import ARCH

THINGS = ["line", "dot"]


def write_doodles(folder):
    """Lines across the middle, and dots above it; the count of lit points says which drawing of its thing it is."""
    lines, dots = np.zeros((2, 20, 28, 28), np.uint8)
    for n in range(20):
        lines[n, 14, 2:5 + n] = 255
        dots[n, 4, 2:5 + n] = 255
    np.savez(folder / "doodles.npz", line=lines, dot=dots, other=lines[:5])


class Doodles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        write_doodles(cls.folder)
        cls.dataset = data.load({"kind": "doodles", "size": 32, "classes": THINGS}, cls.folder)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def test_every_tenth_drawing_of_a_thing_is_held_out(self):
        lit = lambda pictures: (pictures > 0).flatten(1).sum(1).tolist()
        held = [3 + 9, 3 + 19]
        self.assertEqual(lit(self.dataset.test), held * 2)
        self.assertEqual(lit(self.dataset.pictures), [n for n in range(3, 23) if n not in held] * 2)
        self.assertEqual(self.dataset.labels.tolist(), [0] * 18 + [1] * 18)
        self.assertEqual(self.dataset.test_labels.tolist(), [0, 0, 1, 1])

    def test_a_batch_is_mirrored_and_shifted_and_keeps_its_border_empty(self):
        torch.manual_seed(0)
        x, label = self.dataset.batch(200)
        self.assertEqual(x.shape, (200, 1, 32, 32))
        self.assertTrue(bool((x[:, :, 0] == -1).all() and (x[..., -1] == -1).all()))
        row = (x[:, 0] > 0).any(2).float().argmax(1)
        for k, middle in ((0, 16), (1, 6)):
            self.assertEqual(set((row[label == k] - middle).tolist()), {-1, 0, 1})
        left = (x[:, 0] > 0).any(1).float().argmax(1)
        self.assertLess(int(left.min()), 6)
        self.assertGreater(int(left.max()), 8)  # seen in a mirror only

    def test_the_set_for_the_program_names_each_drawing(self):
        bytes_, names = self.dataset.atlas()
        self.assertEqual(bytes_.shape, (36, 32, 32, 1))
        self.assertEqual(names, ["line"] * 18 + ["dot"] * 18)
        path = measure_nearest.write_set("doodles", self.dataset, self.folder / "set")
        self.assertEqual(path.name, "doodles-training.json")
        with measure_nearest.pictures.Image.open(path.with_suffix(".png")) as sheet:
            self.assertEqual(np.asarray(sheet)[:32, :32].tolist(), bytes_[0, :, :, 0].tolist())

    def test_drawings_are_moved_to_the_middle(self):
        drawing = np.zeros((28, 28), np.uint8)
        drawing[0:4, 0:10] = 200
        rows, columns = np.nonzero(get_data.centred(drawing))
        self.assertEqual((rows.min(), rows.max(), columns.min(), columns.max()), (12, 15, 9, 18))
        full = np.full((28, 28), 9, np.uint8)
        self.assertTrue((get_data.centred(full) == full).all())


class StartFrom(unittest.TestCase):
    def test_weights_of_another_network_are_taken_as_far_as_they_fit(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            write_doodles(folder)
            torch.manual_seed(1)
            given = {k: t.numpy() for k, t in UNet(ARCH).state_dict().items()}
            weights.save(folder / "ten.safetensors", given, {"name": "ten", "architecture": common.json.dumps(ARCH)})
            recipe = common.read_recipe("doodles")
            recipe.update(name="two", architecture=dict(ARCH, classes=2), class_names=THINGS)
            recipe["data"]["classes"] = THINGS
            del recipe["sha256"]
            (folder / "two.json").write_text(common.json.dumps(recipe))
            weights.save(folder / "none.safetensors", {"other": np.zeros(3, np.float32)}, {"name": "none"})
            begin = lambda file: subprocess.run(
                [sys.executable, common.HERE / "train.py", "--model", folder / "two.json", "--steps", "0", "--runs", folder,
                 "--data", folder, "--start-from", folder / file], capture_output=True, text=True)
            refused = begin("none.safetensors")
            self.assertEqual(refused.returncode, 1)
            self.assertIn("nothing in it fits", refused.stderr)
            said = begin("ten.safetensors")
            self.assertEqual(said.returncode, 0, said.stdout + said.stderr)
            self.assertIn("but for class_embed.weight", said.stdout)
            began = torch.load(folder / "two" / "checkpoint.pt")["model"]
            self.assertEqual(len(began["class_embed.weight"]), 3)
            for name, tensor in began.items():
                if name != "class_embed.weight":
                    self.assertTrue(np.array_equal(tensor.numpy(), given[name]), name)


if __name__ == "__main__":
    unittest.main()
