"""The loupe: the numbers of the pixel under the mouse add up, and the values of the picture become N(0, 1)."""

import math
import unittest

import numpy as np
from PIL import Image

from window_driver import PICTURES, PROGRAM, WindowTest, run

PICTURE = PICTURES / "butterfly.png"


class PixelTest(WindowTest):
    def open_panel(self):
        window = self.open("--set", "lane.model=photo", PICTURE)
        window.tab("pixel")
        window.wait(lambda now: now["panel"]["counted"], "the histogram")
        return window

    def test_the_numbers_are_those_of_the_pixel_and_add_up(self):
        window = self.open_panel()
        self.assert_looks_like(window, "pixel")
        pixels = np.asarray(Image.open(PICTURE).convert("RGB")).astype(float) / 127.5 - 1
        height, width, _ = pixels.shape
        for x, y in ((0.3, 0.6), (0.8, 0.4)):
            window.click("pixel.picture", x, y)
            now = window.wait(lambda now: abs(now["panel"]["column"] - x * width) <= 1, "the pixel under the mouse", 20)
            seen = now["panel"]
            self.assertAlmostEqual(seen["row"], y * height, delta=1)
            self.assertAlmostEqual(seen["x_0"], pixels[int(seen["row"]), int(seen["column"]), 0], places=5)
            self.assertAlmostEqual(seen["signal"] + seen["noise"], seen["x_t"], places=9)
            self.assertAlmostEqual(seen["signal"], math.sqrt(0.396) * seen["x_0"], delta=0.002)  # ᾱ at t = 300, linear
        window.move(5, 5)  # what was clicked stays
        window.wait(lambda now: abs(now["panel"]["column"] - 0.8 * width) <= 1, "the pixel that was clicked", 20)

    def test_the_numbers_are_those_of_the_command_line(self):
        window = self.open_panel()
        out = window.path / "corrupted.png"
        run(PROGRAM, "corrupt", PICTURE, "--schedule", "linear", "--steps", 1000, "--t", 300,
            "--seed", window.now()["seed"], "--out", out)
        seen = window.now()["panel"]
        shown = np.asarray(Image.open(out).convert("RGB"))[int(seen["row"]), int(seen["column"]), 0]
        self.assertAlmostEqual(shown, min(255, max(0, (seen["x_t"] + 1) * 127.5)), delta=1)

    def test_the_values_become_the_prior(self):
        window = self.open_panel()
        self.assertGreater(abs(window.now()["panel"]["mean"]), 0.1)
        window.press("End")
        now = window.wait(lambda now: now["panel"]["t"] == 1000 and now["panel"]["counted"], "t = T")
        self.assertAlmostEqual(now["panel"]["mean"], 0, delta=0.03)
        self.assertAlmostEqual(now["panel"]["std"], 1, delta=0.03)

    def test_channels_walks_and_the_cursor_of_time(self):
        window = self.open_panel()
        window.click("pixel.channel", 0.85)
        window.wait(lambda now: now["panel"]["channel"] == 2, "blue", 20)
        window.drag("pixel.walks", 0.15, 0.6, lambda now: now["settings"].get("pixel.walks", 1) > 2)
        window.drag("pixel.paths", 0.4, 0.8, lambda now: abs(now["panel"]["t"] - 800) < 5)


if __name__ == "__main__":
    unittest.main(verbosity=2)
