"""Drives the real window as a person would: mouse and keyboard by xdotool, pixels by screenshot.

    xvfb-run -s "-screen 0 2560x1440x24" python3 window_person.py path/to/noiseglass
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

import numpy as np
from PIL import Image

PROGRAM = os.path.abspath(sys.argv.pop(1))
ASSETS = pathlib.Path(__file__).resolve().parents[2] / "assets"
PICTURES = ASSETS / "pictures"


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True).stdout


class Window:
    """The program in a window, and what a person can do to it."""

    def __init__(self, *arguments, size=(1280, 800)):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)
        self.log = open(self.path / "log", "w+")
        environment = dict(os.environ, NOISEGLASS_ASSETS=str(ASSETS))
        self.process = subprocess.Popen(
            [PROGRAM, "--size", f"{size[0]}x{size[1]}", "--landmarks", self.path / "landmarks.json", *map(str, arguments)],
            stdout=self.log, stderr=self.log, env=environment)
        self.wait(lambda now: True, "the window to appear", 30)
        self.id = run("xdotool", "search", "--onlyvisible", "--name", "noiseglass").split()[0].decode()
        run("xdotool", "windowfocus", self.id)

    def close(self):
        self.process.terminate()
        self.process.wait(10)
        self.log.close()
        self.folder.cleanup()

    def now(self):
        """What the program says of itself: places of controls, t, whether it computes."""
        try:
            return json.loads((self.path / "landmarks.json").read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return None

    def wait(self, condition, what, seconds=60):
        end = time.time() + seconds
        while time.time() < end:
            if self.process.poll() is not None:
                self.log.seek(0)
                raise AssertionError(f"the program ended while waiting for {what}: {self.log.read()}")
            now = self.now()
            if now is not None and condition(now):
                return now
            time.sleep(0.05)
        raise AssertionError(f"waited {seconds} s for {what}; state: {self.now()}")

    def place(self, name):
        return self.now()["places"][name]

    def point(self, name, x=0.5, y=0.5):
        left, top, right, bottom = self.place(name)
        return round(left + (right - left) * x), round(top + (bottom - top) * y)

    def move(self, x, y):
        run("xdotool", "mousemove", "--window", self.id, x, y)
        time.sleep(0.1)

    def click(self, name, x=0.5, y=0.5):
        self.move(*self.point(name, x, y))
        run("xdotool", "mousedown", 1)
        time.sleep(0.1)
        run("xdotool", "mouseup", 1)
        time.sleep(0.2)

    def drag(self, name, start, end):
        """Along a control, by fractions of its width."""
        self.move(*self.point(name, start))
        run("xdotool", "mousedown", 1)
        for step in range(1, 6):
            self.move(*self.point(name, start + (end - start) * step / 5))
        run("xdotool", "mouseup", 1)
        time.sleep(0.2)

    def press(self, *keys):
        for key in keys:
            run("xdotool", "key", key)
            time.sleep(0.15)

    def type(self, text):
        run("xdotool", "type", "--delay", "20", text)
        time.sleep(0.2)

    def screenshot(self):
        path = self.path / "screen.png"
        run("import", "-window", self.id, path)
        return np.asarray(Image.open(path).convert("RGB")).astype(int)

    def tile(self, name):
        left, top, right, bottom = (round(v) for v in self.place(name))
        return self.screenshot()[top:bottom, left:right]

    def resize(self, width, height):
        run("xdotool", "windowsize", self.id, width, height)
        self.wait(lambda now: now["window"] == [width, height], f"the size {width}×{height}")
        time.sleep(0.3)


def pixels_of_tile(tile, width, height):
    """The picture that a tile shows enlarged: its value at the centre of each pixel's square."""
    rows = ((np.arange(height) + 0.5) * tile.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * tile.shape[1] / width).astype(int)
    return tile[rows][:, columns]


class WindowTest(unittest.TestCase):
    def open(self, *arguments, **options):
        window = Window(*arguments, **options)
        self.addCleanup(window.close)
        return window

    def corrupted(self, window, picture, schedule, t):
        """The same picture by the command line."""
        out = window.path / f"{schedule}-{t}.png"
        run(PROGRAM, "corrupt", picture, "--schedule", schedule, "--steps", 1000, "--t", t,
            "--seed", window.now()["seed"], "--out", out)
        return np.asarray(Image.open(out).convert("RGB")).astype(int)

    def assert_shows_formula(self, window, picture, t):
        width, height = Image.open(picture).size
        for lane, schedule in enumerate(["linear", "cosine"]):
            shown = pixels_of_tile(window.tile(f"lane{lane}_x_t"), width, height)
            expected = self.corrupted(window, picture, schedule, t)
            self.assertLessEqual(np.abs(shown - expected).max(), 2, f"lane {schedule} at t = {t}")

    def test_the_slider_changes_the_picture_as_the_formula_says(self):
        picture = PICTURES / "butterfly.png"
        window = self.open(picture)
        for end in (0.0, 0.42, 0.8, 1.0):
            start = window.now()["t"][0] / 1000
            window.drag("slider", start, end)
            t = window.now()["t"][0]
            self.assertAlmostEqual(t, end * 1000, delta=3)
            self.assert_shows_formula(window, picture, t)

    def test_new_noise_is_other_noise_and_stays_while_the_slider_moves(self):
        picture = PICTURES / "butterfly.png"
        window = self.open(picture)
        window.drag("slider", 0.3, 0.5)
        before = window.tile("lane0_x_t")
        window.click("new_noise")
        after = window.tile("lane0_x_t")
        self.assertGreater(np.abs(before - after).mean(), 5)
        window.drag("slider", 0.5, 0.7)
        window.drag("slider", 0.7, 0.5)
        self.assertEqual(window.now()["t"][0], 500)
        np.testing.assert_array_equal(window.tile("lane0_x_t"), after)

    def test_autoplay_runs_both_ways_and_digits_come_out_of_noise(self):
        window = self.open(PICTURES / "digit-3.png")
        window.click("play_forward_button")
        window.wait(lambda now: now["t"][0] == 1000 and not now["playing"], "the noisy end", 30)
        window.press("g")
        window.wait(lambda now: now["view"] == "reverse" and now["run_done"], "the run", 120)
        window.wait(lambda now: now["t"][0] == 0 and not now["playing"], "the clean end", 60)
        for lane in range(2):
            tile = window.tile(f"lane{lane}_x_t").mean(axis=2)
            dark, light = (tile < 40).mean(), (tile > 160).mean()
            self.assertGreater(dark, 0.6, "a digit is light strokes on black, not noise")
            self.assertGreater(light, 0.02)
        window.drag("reverse_strip", 0.2, 0.9)  # scrubbing back shows noise again at once
        self.assertGreater(window.now()["t"][0], 800)
        self.assertLess((window.tile("lane0_x_t").mean(axis=2) < 40).mean(), 0.5)

    def test_steps_one_by_one_and_to_the_ends(self):
        window = self.open(PICTURES / "butterfly.png")
        window.press("Home")
        self.assertEqual(window.now()["t"], [0, 0])
        window.press("Right", "Right")
        self.assertEqual(window.now()["t"], [2, 2])
        window.press("Left")
        self.assertEqual(window.now()["t"], [1, 1])
        window.press("End")
        self.assertEqual(window.now()["t"], [1000, 1000])

    def test_the_cursor_of_a_plot_moves_the_slider(self):
        window = self.open(PICTURES / "butterfly.png")
        window.drag("plot1", 0.5, 0.8)
        self.assertGreater(window.now()["t"][0], 600)
        self.assertLess(window.now()["t"][0], 900)

    def test_a_picture_is_opened_by_its_path_and_a_bad_one_is_refused(self):
        window = self.open()
        window.press("ctrl+o")
        time.sleep(0.5)
        window.type(str(PICTURES / "fish.png"))
        window.press("Return")
        window.wait(lambda now: now["picture"] == "Fish", "the fish")
        window.press("ctrl+o")
        time.sleep(0.5)
        window.type(str(ASSETS / "CREDITS.md"))
        window.press("Return")
        now = window.wait(lambda now: now["message"], "a sentence about what is wrong")
        self.assertIn("CREDITS.md", now["message"])
        self.assertEqual(now["picture"], "Fish")

    def test_bundled_pictures_are_a_click_away(self):
        window = self.open()
        window.click("picture1")
        window.wait(lambda now: now["picture"] == "Budgerigar", "the second picture")

    def test_every_size_of_the_window_works(self):
        window = self.open(PICTURES / "butterfly.png")
        for width, height in ((640, 480), (2560, 1440), (1280, 800)):
            window.resize(width, height)
            for name, (left, top, right, bottom) in window.now()["places"].items():
                if name.startswith("picture"):
                    continue  # the strip scrolls
                self.assertTrue(-1 <= left <= right <= width + 1 and -1 <= top <= bottom <= height + 1,
                                f"{name} at {left, top, right, bottom} in {width}×{height}")
            tile = window.tile("lane0_x_t")
            self.assertGreater(min(tile.shape[:2]), 20)
            window.drag("slider", 0.2, 0.6)
            self.assertAlmostEqual(window.now()["t"][0], 600, delta=4)

    def test_one_lane_or_two_and_light_or_dark(self):
        window = self.open(PICTURES / "butterfly.png")
        window.press("2")
        self.assertNotIn("lane1_x_t", window.now()["places"])
        window.press("2")
        self.assertIn("lane1_x_t", window.now()["places"])
        dark = window.screenshot().mean()
        window.click("theme")
        self.assertGreater(window.screenshot().mean(), dark + 60)


if __name__ == "__main__":
    unittest.main(verbosity=2)
