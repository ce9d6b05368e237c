"""What a person does first, in the window for Windows under Wine: session.py PROGRAM FOLDER, as tests/app/window_*.py, where
PROGRAM is what starts it; pictures of it are left in FOLDER. A lesson is opened by the mouse, in German; the slider is
dragged, a digit denoised."""

import pathlib
import sys
import time
import unittest

import numpy as np
from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "app"))
FOLDER = pathlib.Path(sys.argv.pop(2))
from window_driver import PICTURES, WindowTest, eventually  # noqa: E402 (it takes the first argument)


class Session(WindowTest):
    def keep(self, window, name):
        FOLDER.mkdir(parents=True, exist_ok=True)
        Image.fromarray(window.screenshot().astype(np.uint8)).save(FOLDER / f"windows-{name}.png")

    def test_the_slider_and_the_way_back(self):
        begun = time.time()
        window = self.open(PICTURES / "digit-3.png")
        print(f"  the window was there after {time.time() - begun:.1f} s")
        clean = window.tile("lane1.x_t")
        t = window.slide(800)
        eventually(lambda: self.assertGreater(np.abs(window.tile("lane1.x_t") - clean).mean(), 20))
        window.click("play_reverse_button")
        window.wait(lambda now: now["view"] == "reverse" and now["run_done"], "the run", 200)
        window.wait(lambda now: now["t"][0] == 0 and not now["playing"], "the clean end", 200)
        self.keep(window, "denoised")
        self.assertGreater((window.tile("lane1.x_t").mean(axis=2) < 40).mean(), 0.6, f"from t = {t}: light strokes on black")

    def test_a_lesson(self):
        window = self.open("--language", "de")
        window.click("lessons")
        window.wait(lambda now: now["dialog"] == "Lessons" and "contents.0" in now["places"], "the contents")
        window.settle()
        window.click("contents.0")
        window.wait(lambda now: now["lesson"] and now["lesson"]["page"] == 0, "page 1", 60)
        window.click("lesson.next")
        now = window.wait(lambda now: now["lesson"] and now["lesson"]["page"] == 1, "page 2", 60)
        self.assertEqual((now["lesson"]["mistakes"], now["message"]), ([], ""))
        window.drag("slider", 0, 0.3, lambda now: now["t"][0] == 6)  # of 20
        self.keep(window, "lesson")


if __name__ == "__main__":
    unittest.main()
