#!/usr/bin/python3
"""Cartoon faces: what is drawn, held out and named. /usr/bin/python3 training/test_faces.py

Drawing real ones needs node and the packages that get_data.py fetched; without them that test is skipped."""
import contextlib
import csv
import io
import json
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import classifier
import common
import data
import get_data
import measure_parts
import measure_samples
import numpy as np
import parts
import torch
import weights
from test_training import ARCH

STYLES = ["micah", "dylan"]
TWINS = 300  # from this face on each looks like the one twelve before it
HAIR = {"micah": ["full", "pixie"], "dylan": ["wavy"]}


def lines_of(count):
    """Faces in turns of style; every third wears glasses, and the hair's colour tells which hair it is."""
    lines = []
    for n in range(count):
        style, hair = STYLES[n % 2], HAIR[STYLES[n % 2]][n // 2 % 3 % len(HAIR[STYLES[n % 2]])]
        expression = {"mood": "sad"} if style == "dylan" else {"mouth": "smile"}
        glasses = {"glasses": "round"} if n % 3 == 0 else {}
        lines.append({"style": style, "hair": hair, "hairColor": "#ff0000", **expression, **glasses})
    return lines


def drawing(line, number):
    """A square of one colour by style, a line above it by hair, and one through it with glasses; in one corner a number."""
    picture = np.full((32, 32, 3), 255, np.uint8)
    picture[10:28, 6:26] = (60, 160, 90) if line["style"] == "micah" else (230, 180, 40)
    picture[4:9, 6:26] = {"full": (20, 20, 20), "pixie": (200, 40, 40), "wavy": (40, 40, 200)}[line["hair"]]
    if "glasses" in line:
        picture[15:18, 6:26] = 0
    picture[26, 8:11] = number % 256, number // 256, 0
    return picture


def write_faces(folder, count=320):
    lines = lines_of(count)
    named, values, codes = get_data.coded_parts(lines)
    np.savez(folder / "faces.npz", pictures=np.stack([drawing(line, n - 12 * (n >= TWINS)) for n, line in enumerate(lines)]),
             style=np.array([line["style"] for line in lines]), parts=named, values=values, codes=codes)


class Faces(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        write_faces(cls.folder)
        cls.config = {"kind": "faces", "size": 32, "classes": STYLES}
        cls.dataset = data.load(cls.config, cls.folder)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def test_every_eighth_face_of_a_style_is_held_out(self):
        self.assertEqual((len(self.dataset.pictures), len(self.dataset.test)), (280, 40))
        self.assertEqual(self.dataset.test_labels.bincount().tolist(), [20, 20])
        self.assertEqual(self.dataset.test_index[:4].tolist(), [14, 15, 30, 31])
        self.assertFalse(set(self.dataset.train_index) & set(self.dataset.test_index))
        green = self.dataset.pictures[:, 0, 12, 8] == 60
        self.assertEqual((self.dataset.labels == 0).tolist(), green.tolist())

    def test_a_face_that_is_among_the_training_faces_as_well_does_not_count_as_held_out(self):
        self.assertEqual(len(self.dataset.real()[0]), 40)
        kept = self.dataset.test_index[self.dataset.unseen].tolist()
        self.assertEqual(kept, [n for n in self.dataset.test_index if n not in (302, 303)])
        x, labels = self.dataset.held_out(1000)
        self.assertEqual((len(x), labels.bincount().tolist()), (38, [19, 19]))

    def test_more_faces_leave_those_that_were_held_out_held_out(self):
        with tempfile.TemporaryDirectory() as folder:
            write_faces(Path(folder), 640)
            more = data.load(self.config, Path(folder))
        self.assertEqual(more.test_index[:40].tolist(), self.dataset.test_index.tolist())

    def test_parts_belong_to_the_pictures_they_come_with(self):
        known, _, _ = self.dataset.part_values
        self.assertEqual(known["hair"], ["dylan: wavy", "micah: full", "micah: pixie"])
        self.assertEqual(known["mouth"], ["dylan: sad", "micah: smile"])
        torch.manual_seed(0)
        x, label, having = self.dataset.batch_with_parts(200)
        named = lambda part: np.array(known[part])[having[:, list(known).index(part)]]
        self.assertTrue(((x[:, 0, 16, 10] == -1).numpy() == (named("glasses") == "yes")).all())
        self.assertTrue(((x[:, 2, 6, 10] > 0.5).numpy() == (named("hair") == "dylan: wavy")).all())
        self.assertTrue((np.array(STYLES)[label] == [parts.style_of(value) for value in named("mouth")]).all())

    def test_glasses_and_beards_are_found_wherever_a_style_keeps_them(self):
        wears = lambda style, **drawn: [parts.names(style, drawn)[part] for part in ("glasses", "beard")]
        self.assertEqual(wears("personas", eyes="sunglasses"), ["yes", "no"])
        self.assertEqual(wears("personas", eyes="open", facialHair="goatee"), ["no", "yes"])
        self.assertEqual(wears("bigSmile", accessories="mustache"), ["no", "yes"])
        self.assertEqual(wears("bigSmile", accessories="catEars"), ["no", "no"])
        self.assertEqual(wears("toonHead", beard="chin"), ["no", "yes"])
        self.assertEqual(wears("adventurer", glasses="variant01", features="mustache"), ["yes", "yes"])
        self.assertEqual(wears("micah", eyes="glasses"), ["no", "no"])  # it has a part for them

    def test_the_judge_learns_styles_and_parts_and_tells_mixtures(self):
        quick = dict(classifier.JUDGES["faces"], classes=2, steps=60)
        with mock.patch.dict(classifier.JUDGES, faces=quick), \
                mock.patch.object(classifier, "file_of", lambda what: self.folder / f"{what}.pt"):
            judge = measure_samples.Judge("faces", self.dataset)
            again = measure_samples.Judge("faces", self.dataset)  # from its file
        self.assertGreater(judge.accuracy, 0.95)
        accuracy = classifier.part_accuracy(again.net, self.dataset)
        self.assertGreater(min(accuracy.values()), 0.95)

        known, training, _ = self.dataset.part_values
        held, labels = self.dataset.real()
        styles = np.array(STYLES)[labels.numpy()]
        named = measure_parts.Named(judge, known, held)
        self.assertGreater(named.of_one_style(styles).mean(), 0.95)
        self.assertLess(named.of_one_style(np.roll(styles, 1)).mean(), 0.05)  # the other style was asked for
        self.assertEqual(named.kinds("hair"), 3)
        drawn = measure_parts.labels_of(known, training)
        self.assertGreater(np.mean([face in drawn for face in named.faces()]), 0.95)

    def test_ground_is_measured_where_no_face_reaches(self):
        white = torch.ones(4, 3, 32, 32)
        self.assertEqual(measure_samples.ground(white, self.dataset), "0.00 0.00 0.00 0.00")
        white[..., 0, ::2] -= 10 / 127.5
        off = [float(part) for part in measure_samples.ground(white, self.dataset).split()]
        self.assertGreater(off[0], 1)
        self.assertEqual(off[1:], [0, 0, 0])

    def test_a_network_is_trained_and_exported_with_its_terms(self):
        recipe = json.loads((common.HERE / "models" / "faces.json").read_text())
        recipe.update(name="tiny", architecture=dict(ARCH, channels=3, classes=2), class_names=STYLES)
        recipe["data"] = self.config
        recipe["train"].update(batch=16, warmup=5)
        path = self.folder / "tiny.json"
        path.write_text(json.dumps(recipe))
        out = self.folder / "tiny.safetensors"
        run = lambda *words: subprocess.run([sys.executable, *map(str, words)], check=True, capture_output=True)
        losses = []
        for steps in (5, 240):
            run(common.HERE / "train.py", "--model", path, "--minutes", 5, "--steps", steps, "--runs", self.folder,
                "--data", self.folder, "--precision", "float32")
            with open(self.folder / "tiny" / "log.csv") as f:
                losses.append(float(list(csv.DictReader(f))[-1]["loss"]))
        self.assertLess(losses[1], 0.8 * losses[0])
        run(common.HERE / "export.py", "--model", "tiny", "--runs", self.folder, "--out", out)
        _, metadata = weights.load(out)
        self.assertIn("CC BY 4.0", metadata["license"])
        for designer in ("Lisa Wischofsky", "Ashley Seo", "Micah Lanier", "Draftbit", "Johan Melin", "Natalia Spivak"):
            self.assertIn(designer, metadata["data"])

    def test_parts_are_coded_and_a_part_that_is_not_there_is_minus_one(self):
        named, values, codes = get_data.coded_parts([{"style": "a", "hair": "long"}, {"style": "b", "mood": "sad"},
                                                     {"style": "a", "hair": "bald"}])
        self.assertEqual(named.tolist(), ["hair", "mood"])
        self.assertEqual([json.loads(known) for known in values], [["bald", "long"], ["sad"]])
        self.assertEqual(codes.tolist(), [[1, -1], [-1, 0], [0, -1]])


class Drawing(unittest.TestCase):
    def test_faces_are_the_same_each_time_and_a_larger_count_only_adds(self):
        if not shutil.which("node") or not (common.cache("face-tools") / "installed").is_file():
            self.skipTest("the packages that draw faces are not there")
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
            for count in (6, 12):
                get_data.faces(Path(folder, f"{count}.npz"), mock.Mock(faces=count))
            few, more = (np.load(Path(folder, f"{count}.npz")) for count in (6, 12))
            self.assertEqual(few["pictures"].shape, (6, 32, 32, 3))
            self.assertTrue((few["pictures"] == more["pictures"][:6]).all())
            self.assertEqual(len(set(few["style"])), 6)
            self.assertEqual(few["style"].tolist(), more["style"][6:].tolist())
            self.assertTrue((more["pictures"][:, 0, [0, 31]] == 255).all())  # white ground
            self.assertTrue((more["pictures"].min((1, 2, 3)) < 128).all())


if __name__ == "__main__":
    unittest.main()
