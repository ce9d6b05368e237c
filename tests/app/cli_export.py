"""`noiseglass export`, run as a person would: what comes out is opened by other programs than our own."""

import csv
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

import numpy as np
from PIL import Image

PROGRAM = os.path.abspath(sys.argv.pop(1))
ASSETS = pathlib.Path(__file__).resolve().parents[2] / "assets"
SHORT_RUN = ("--set", "picture=digit-3", "--set", "t=400", "--set", "lane1.steps=6", "--set", "lane2.steps=6")


def numbers(text):
    return np.array([float(word) for word in re.findall(r"-?[\d.]+", text)]).reshape(-1, 2)


class ExportTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_program(self, *arguments, environment=None):
        return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, cwd=self.folder,
                              env=dict(os.environ, NOISEGLASS_ASSETS=str(ASSETS), XDG_CACHE_HOME=str(self.folder / "cache"),
                                       **(environment or {})))

    def export(self, *arguments):
        done = self.run_program("export", *arguments)
        self.assertEqual((done.returncode, done.stderr), (0, b""), arguments)
        return done.stdout

    def test_x_t_is_what_corrupt_writes_in_every_process(self):
        picture = ASSETS / "pictures" / "digit-3.png"
        state = ("--set", f"picture={picture}", "--set", "t=420", "--set", "seed=9")
        first = self.export(*state, "--what", "tensors", "--of", "x_t", "--lane", 2, "--out", "-")
        second = self.export(*state, "--what", "tensors", "--of", "x_t", "--lane", 2, "--out", "-")
        corrupted = self.run_program("corrupt", picture, "--schedule", "cosine", "--t", 420, "--seed", 9, "--npy", "-").stdout
        self.assertEqual(first, second)
        self.assertEqual(first, corrupted)
        self.assertEqual(np.load(io.BytesIO(first)).dtype, np.float32)

    def test_a_run_is_the_same_numbers_in_every_process(self):
        first, second = (self.export(*SHORT_RUN, "--what", "tensors", "--of", "run", "--out", "-") for _ in range(2))
        self.assertEqual(first, second)
        self.assertEqual(np.load(io.BytesIO(first)).shape[0], 7)

    def test_svg_is_well_formed_and_draws_the_table(self):
        table = self.export("--what", "plots", "--out", "-", "--format", "csv").decode()
        rows = list(csv.DictReader(io.StringIO(table)))
        self.export("--what", "plots", "--out", "plots.svg")
        root = xml.etree.ElementTree.parse(self.folder / "plots.svg").getroot()
        self.assertTrue(root.tag.endswith("svg"))
        paths = [(element.get("style") or "", element.get("d")) for element in root.iter() if element.tag.endswith("path")]
        frames = [numbers(d) for style, d in paths if "stroke:rgb" in style and d.count("L") == 3]
        curves = [numbers(d) for style, d in paths if "stroke:" in style and d.count("L") > 100]
        frames = [frame for frame in frames if np.ptp(frame[:, 0]) > 400 and np.ptp(frame[:, 1]) < 300]
        self.assertEqual((len(frames), len(curves)), (3, 6))
        ranges = {"beta": (1e-5, 1, np.log10), "alpha_bar": (0, 1, np.asarray), "snr_db": (-90, 45, np.asarray)}
        for frame, (quantity, (low, high, scale)), pair in zip(frames, ranges.items(), zip(curves[::2], curves[1::2])):
            (left, top), (right, bottom) = frame.min(axis=0), frame.max(axis=0)
            for lane, curve in enumerate(pair, 1):
                t = (curve[:, 0] - left) / (right - left) * (len(rows) - 1)
                share = (bottom - curve[:, 1]) / (bottom - top)
                expected = np.array([float(rows[int(round(at))][f"lane{lane}_{quantity}"]) for at in t])
                wanted = (scale(expected) - scale(low)) / (scale(high) - scale(low))
                inside = (wanted >= 0) & (wanted <= 1)
                self.assertGreater(inside.sum(), 500)  # Cairo leaves points out that lie on a straight line
                np.testing.assert_allclose(t, np.round(t), atol=0.02)
                np.testing.assert_allclose(t[[0, -1]], [1, len(rows) - 1], atol=0.02)
                np.testing.assert_allclose(share[inside], wanted[inside], atol=1e-3)

    def test_gif_has_every_moment_and_holds_the_last(self):
        self.export(*SHORT_RUN, "--what", "run", "--rate", 5, "--out", "run.gif")
        with Image.open(self.folder / "run.gif") as gif:
            self.assertEqual(gif.n_frames, 7)
            self.assertEqual(gif.info["loop"], 0)
            durations = []
            for index in range(gif.n_frames):
                gif.seek(index)
                durations.append(gif.info["duration"])
            self.assertEqual(durations, [1000] + 5 * [200] + [2000])

    @unittest.skipUnless(shutil.which("ffmpeg") and shutil.which("ffprobe"), "ffmpeg is not installed")
    def test_films_have_the_frames_and_the_size_of_the_pictures(self):
        self.export(*SHORT_RUN, "--what", "run", "--rate", 5, "--out", "frames")
        pictures = sorted((self.folder / "frames").iterdir())
        with Image.open(pictures[0]) as picture:
            size = picture.size
        for ending in ("webm", "mp4", "gif"):
            film = self.folder / f"run.{ending}"
            self.export(*SHORT_RUN, "--what", "run", "--rate", 5, "--out", film)
            probed = subprocess.run(
                ["ffprobe", "-v", "error", "-count_frames", "-select_streams", "v:0", "-show_entries",
                 "stream=width,height,nb_read_frames", "-of", "csv=p=0", film], capture_output=True, text=True, check=True)
            width, height, frames = map(int, probed.stdout.strip().split(","))
            self.assertEqual((width, height), size)
            # A film holds its first picture for a second and its last for two, in frames; a GIF says so in one.
            self.assertEqual(frames, len(pictures) if ending == "gif" else 5 + len(pictures) - 2 + 10)
        last = subprocess.run(["ffmpeg", "-v", "error", "-sseof", "-0.5", "-i", self.folder / "run.mp4", "-frames:v", "1", "-f",
                               "rawvideo", "-pix_fmt", "rgb24", "-"], capture_output=True, check=True).stdout
        shown = np.frombuffer(last, np.uint8).reshape(size[1], size[0], 3).astype(int)
        expected = np.asarray(Image.open(pictures[-1]).convert("RGB")).astype(int)
        self.assertLess(np.abs(shown - expected).mean(), 4)

    def test_a_film_without_ffmpeg_is_a_sentence(self):
        done = self.run_program("export", *SHORT_RUN, "--what", "run", "--out", "run.webm", environment={"PATH": "/nowhere"})
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"needs the program ffmpeg", done.stderr)
        self.assertFalse((self.folder / "run.webm").exists())

    def test_a_session_and_a_link_are_exported_as_they_show(self):
        link = "noiseglass:picture=digit-3;t=250;seed=5"
        from_link = self.export(link, "--what", "tensors", "--out", "-")
        from_set = self.export("--set", "picture=digit-3", "--set", "t=250", "--set", "seed=5", "--what", "tensors", "--out", "-")
        self.assertEqual(from_link, from_set)
        session = self.folder / "a.noiseglass"
        session.write_text('{"noiseglass session": 1, "state": ["t = 250", "seed = 5"], "picture": {"name": "digit-3.png", "sha256": "0"}}')
        done = self.run_program("export", session, "--what", "tensors", "--out", "-")
        self.assertEqual(done.stdout, from_set)
        self.assertIn(b"has changed", done.stderr)

    @unittest.skipUnless(shutil.which("pdftoppm"), "poppler-utils is not installed")
    def test_a_worksheet_is_two_pages_that_can_be_printed_in_grey(self):
        for lesson in ("schedules", "1", "score"):
            self.export("--what", "worksheet", "--lesson", lesson, "--out", "sheet.pdf")
            subprocess.run(["pdftoppm", "-r", "60", "-gray", "sheet.pdf", "page"], cwd=self.folder, check=True)
            pages = sorted(self.folder.glob("page*.pgm"))
            self.assertEqual(len(pages), 2, lesson)
            for page in pages:
                with Image.open(page) as picture:
                    grey = np.asarray(picture)
                    width, height = picture.size
                self.assertAlmostEqual(height / width, 297 / 210, places=2)  # A4
                self.assertTrue(0.01 < (grey < 200).mean() < 0.35, (lesson, page.name, (grey < 200).mean()))
                margin = np.concatenate([grey[:20].ravel(), grey[-20:].ravel(), grey[:, :20].ravel(), grey[:, -20:].ravel()])
                self.assertEqual(margin.min(), 255, (lesson, page.name))
                page.unlink()
            words = subprocess.run(["pdftotext", "-layout", "sheet.pdf", "-"], cwd=self.folder, capture_output=True, text=True,
                                   check=True).stdout.split("\f")
            self.assertIn("Questions", words[0])
            self.assertNotIn("Answers:", words[0])
            self.assertIn("Answers:", words[1])

    @unittest.skipUnless(shutil.which("pdftotext"), "poppler-utils is not installed")
    def test_a_lesson_plan_has_all_that_the_plan_in_the_documents_has(self):
        for plan in sorted((ASSETS.parent / "docs" / "teaching").glob("[0-9]*.md")):
            self.export("--what", "plan", "--lesson", plan.stem, "--out", "plan.pdf")
            pages = subprocess.run(["pdftotext", "-layout", "plan.pdf", "-"], cwd=self.folder, capture_output=True, text=True,
                                   check=True).stdout.split("\f")[:-1]
            self.assertTrue(2 <= len(pages) <= 6, (plan.name, len(pages)))
            for number, page in enumerate(pages, 1):
                self.assertTrue(page.rstrip().endswith(str(number)), (plan.name, number))
            words = " ".join(" ".join(pages).split())
            for heading in re.findall(r"^## (.+)$", plan.read_text(), re.M):
                self.assertIn(heading, words, plan.name)
            for command in re.findall(r"^ {4,}(noiseglass .+)$", plan.read_text(), re.M):
                self.assertIn(command.split()[1], words)
            self.assertNotRegex(words, r"\*\*|\| --- |`", plan.name)

    def test_a_full_disk_leaves_no_half_file(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("there is no /dev/full")
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "export", *SHORT_RUN, "--what", "strip", "--out", "-"], stdout=full,
                                  stderr=subprocess.PIPE, env=dict(os.environ, NOISEGLASS_ASSETS=str(ASSETS)))
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"Make room on the disk", done.stderr)


if __name__ == "__main__":
    unittest.main()
