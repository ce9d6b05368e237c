#!/usr/bin/python3
"""Few faces or many: the sets, the runs and the figures. /usr/bin/python3 training/test_few_or_many.py"""
import contextlib
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import common
import data
import few_or_many
import get_data
import numpy as np
import torch
import weights
from PIL import Image
from test_training import ARCH


def write_toons(folder, count):
    """Bars on white, each of another grey and place, and the last 2,000 that are in no set."""
    pictures = np.full((count, 32, 32), 255, np.uint8)
    for n, picture in enumerate(pictures):
        picture[4 + n % 20:8 + n % 20, 4:28] = n // 20 % 200
    np.savez(folder / "toons.npz", pictures=pictures)


class Given(few_or_many.Answers):
    """Answers that come from no network."""

    def __init__(self, own, answers):
        self.learned, self.pictures = own.all_training(), answers


class FewOrMany(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        write_toons(cls.folder, 2200)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def faces(self, which, count):
        return data.load({"kind": "toons", "set": which, "faces": count}, self.folder)

    def test_sets_have_no_face_in_common_and_the_small_lie_in_the_large(self):
        rows = lambda x: {row.tobytes() for row in x.numpy()}
        a, b = self.faces("A", 100), self.faces("B", 100)
        self.assertEqual((len(a.pictures), len(b.pictures), len(a.test)), (100, 100, 2000))
        self.assertFalse(rows(a.pictures) & rows(b.pictures))
        self.assertTrue(rows(self.faces("B", 10).pictures) < rows(b.pictures))

    def test_pictures_that_are_equal_in_grey_are_kept_once(self):
        coloured = np.zeros((4, 2, 2, 3), np.uint8)
        coloured[1], coloured[2] = (10, 0, 0), (0, 5, 0)  # 2.99 and 2.935: both a grey of 3
        coloured[3] = 200
        self.assertEqual(get_data.different_greys(coloured)[:, 0, 0].tolist(), [0, 3, 200])

    def test_figures_tell_learning_by_heart_from_learning(self):
        a, b = self.faces("A", 50), self.faces("B", 50)
        mean = few_or_many.flat(torch.cat([a.all_training(), b.all_training()])).mean(0)
        medians = lambda found: {name: few_or_many.median(values) for name, values in found.items()}
        by_heart = medians(few_or_many.compare(Given(a, a.all_training()), Given(b, b.all_training().roll(7, 0)), mean))
        new = a.held_out(50)[0]
        learned = medians(few_or_many.compare(Given(a, new), Given(b, new), mean))
        self.assertAlmostEqual(by_heart["own"], 0, places=3)
        self.assertLess(by_heart["alike"], 0.5)
        self.assertAlmostEqual(learned["alike"], 1)
        self.assertAlmostEqual(learned["apart"], 0)
        self.assertGreater(learned["own"], 1)

    def test_distances_are_on_the_scale_of_bytes(self):
        black, white = torch.full((1, 1, 4, 4), -1.0), torch.full((1, 1, 4, 4), 1.0)
        distance = np.linalg.norm(few_or_many.flat(black) - few_or_many.flat(white), axis=1)
        self.assertAlmostEqual(float(few_or_many.rms(distance, black)[0]), 255)

    def test_runs_are_made_go_on_and_are_measured(self):
        recipe = json.loads((common.HERE / "models" / "toons.json").read_text())
        recipe.update(architecture=dict(ARCH, classes=0))
        recipe["train"].update(batch=4, warmup=2)
        path = self.folder / "tiny.json"
        path.write_text(json.dumps(recipe))
        for steps in ("2", "3"):
            self.act("train", "--counts", "4", "--steps", steps, "--recipe", path)
        states = [torch.load(self.folder / f"toons-4-{which}" / "checkpoint.pt") for which in "AB"]
        self.assertEqual([state["step"] for state in states], [3, 3])
        self.assertEqual([state["recipe"]["data"]["set"] for state in states], ["A", "B"])
        given = ("--counts", "4", "10", "--recipe", path, "--weights", self.folder / "weights", "--measurements", self.folder)
        self.act("export", *given)
        tensors, metadata = weights.load(self.folder / "weights" / "toons-4-B.safetensors")
        self.assertEqual((metadata["name"], metadata["label"], metadata["images_seen"]), ("toons-4-B", "4 grey faces, set B", "12"))
        said = self.act("measure", *given, "--samples", "3", "--ddim", "2", "--sheets", self.folder / "sheets")
        rows = [line.split("|")[1:-1] for line in said.splitlines() if line.startswith("| 4 |")]
        self.assertEqual(len(rows), 1)  # and none of ten faces, which were not trained
        self.assertEqual(rows[0][1].strip(), "12")
        self.assertTrue((self.folder / "sheets" / "few-or-many.png").is_file())
        table = json.loads((self.folder / "few-or-many.json").read_text())
        self.assertEqual([(row["faces"], row["images_seen"]) for row in table["counts"]], [(4, 12)])
        self.assertEqual(f"{table['counts'][0]['apart']:.1f}", rows[0][3].strip())

    def test_the_program_gets_the_first_faces_of_a_set(self):
        faces = self.faces("A", 90).pictures[:, 0].numpy()
        few_or_many.write_set(self.folder / "some.json", faces, "faces of set A")
        entry = json.loads((self.folder / "some.json").read_text())
        sheet = np.asarray(Image.open(self.folder / entry["picture"]))
        self.assertEqual((len(entry["names"]), entry["title"], sheet.shape), (90, "90 faces of set A", (3 * 32, 40 * 32)))
        self.assertTrue((sheet[32:64, 64:96] == faces[42]).all())

    def act(self, *words):
        said = io.StringIO()
        given = [str(word) for word in ("few_or_many.py", *words, "--runs", self.folder, "--data", self.folder)]
        with mock.patch.object(sys, "argv", given), contextlib.redirect_stdout(said), \
                mock.patch.object(few_or_many, "COUNTS", (4,)):
            options = few_or_many.arguments()
            {"train": few_or_many.train, "export": few_or_many.give, "measure": few_or_many.measure}[options.what](options)
        return said.getvalue()


if __name__ == "__main__":
    unittest.main()
