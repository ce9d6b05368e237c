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
            [PROGRAM, "--window-size", f"{size[0]}x{size[1]}", "--landmarks", self.path / "landmarks.json", *map(str, arguments)],
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

    def drag(self, name, start, end, reached=None):
        """Along a control, by fractions of its width."""
        self.move(*self.point(name, start))
        run("xdotool", "mousedown", 1)
        for step in range(1, 6):
            self.move(*self.point(name, start + (end - start) * step / 5))
        if reached is not None:
            self.wait(reached, f"the mouse's effect on {name}", 20)
        run("xdotool", "mouseup", 1)
        time.sleep(0.2)

    def slide(self, t):
        """Drags the slider to t (of 1000)."""
        self.drag("slider", self.now()["t"][0] / 1000, t / 1000, lambda now: abs(now["t"][0] - t) <= 3)
        return self.now()["t"][0]

    def press(self, key):
        run("xdotool", "key", key)
        time.sleep(0.2)

    def type(self, text):
        run("xdotool", "type", "--delay", "20", text)
        time.sleep(0.2)

    def open_path(self, path):
        self.press("ctrl+o")
        self.wait(lambda now: now["dialog"] == "Open a picture" and now["typing"], "the open dialog", 20)
        self.type(str(path))
        self.wait(lambda now: now["typed"] == str(path), "what was typed", 20)
        self.press("Return")

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


def eventually(check, seconds=20):
    """A busy machine draws late: tries until the check holds, and fails with its own words if it never does."""
    end = time.time() + seconds
    while True:
        try:
            return check()
        except AssertionError:
            if time.time() > end:
                raise
            time.sleep(0.2)


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
        with Image.open(picture) as image:
            width, height = image.size
        for lane, schedule in enumerate(["linear", "cosine"]):
            expected = self.corrupted(window, picture, schedule, t)

            def check():
                shown = pixels_of_tile(window.tile(f"lane{lane}_x_t"), width, height)
                self.assertLessEqual(np.abs(shown - expected).max(), 2, f"lane {schedule} at t = {t}")
            eventually(check)

    def test_the_slider_changes_the_picture_as_the_formula_says(self):
        picture = PICTURES / "butterfly.png"
        window = self.open(picture)
        for t in (0, 420, 800, 1000):
            self.assert_shows_formula(window, picture, window.slide(t))

    def test_new_noise_is_other_noise_and_stays_while_the_slider_moves(self):
        picture = PICTURES / "butterfly.png"
        window = self.open(picture)
        seed = window.now()["seed"]
        t = window.slide(500)
        self.assert_shows_formula(window, picture, t)
        before = window.tile("lane0_x_t")
        window.click("new_noise")
        window.wait(lambda now: now["seed"] != seed, "another seed", 20)
        self.assert_shows_formula(window, picture, t)
        self.assertGreater(np.abs(before - window.tile("lane0_x_t")).mean(), 5)
        window.slide(700)
        self.assert_shows_formula(window, picture, window.slide(500))

    def test_autoplay_runs_both_ways_and_digits_come_out_of_noise(self):
        window = self.open(PICTURES / "digit-3.png")
        window.click("play_forward_button")
        window.wait(lambda now: now["t"][0] == 1000 and not now["playing"], "the noisy end", 30)
        window.press("g")
        window.wait(lambda now: now["view"] == "reverse" and now["run_done"], "the run", 120)
        window.wait(lambda now: now["t"][0] == 0 and not now["playing"], "the clean end", 60)

        def shows_a_digit(lane):
            tile = window.tile(f"lane{lane}_x_t").mean(axis=2)
            self.assertGreater((tile < 40).mean(), 0.6, "a digit is light strokes on black, not noise")
            self.assertGreater((tile > 160).mean(), 0.02)

        def shows_noise(lane):
            self.assertLess((window.tile(f"lane{lane}_x_t").mean(axis=2) < 40).mean(), 0.5)
        for lane in range(2):
            eventually(lambda: shows_a_digit(lane))
        window.drag("reverse_strip", 0.2, 0.9, lambda now: now["t"][0] > 800)  # scrubbing back shows noise again
        for lane in range(2):
            eventually(lambda: shows_noise(lane))

    def test_steps_one_by_one_and_to_the_ends(self):
        window = self.open(PICTURES / "butterfly.png")
        for key, t in (("Home", 0), ("Right", 1), ("Right", 2), ("Left", 1), ("End", 1000), ("Left", 999)):
            window.press(key)
            window.wait(lambda now: now["t"] == [t, t], f"t = {t} after {key}", 20)

    def test_the_cursor_of_a_plot_moves_the_slider(self):
        window = self.open(PICTURES / "butterfly.png")
        window.drag("plot1", 0.5, 0.8, lambda now: 600 < now["t"][0] < 900)

    def test_a_picture_is_opened_by_its_path_and_a_bad_one_is_refused(self):
        window = self.open()
        window.open_path(PICTURES / "fish.png")
        window.wait(lambda now: now["picture"] == "Fish", "the fish")
        window.open_path(ASSETS / "CREDITS.md")
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
            window.slide(600)
            window.slide(200)

    def test_one_lane_or_two_and_light_or_dark(self):
        window = self.open(PICTURES / "butterfly.png")
        window.press("2")
        window.wait(lambda now: "lane1_x_t" not in now["places"], "one lane", 20)
        window.press("2")
        window.wait(lambda now: "lane1_x_t" in now["places"], "two lanes", 20)
        dark = window.screenshot().mean()
        window.click("theme")
        eventually(lambda: self.assertGreater(window.screenshot().mean(), dark + 60))


if __name__ == "__main__":
    unittest.main(verbosity=2)
