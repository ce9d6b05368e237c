"""The forward process as one ε or as a chain of steps, as it is seen; walls of 64 that form together; both SNRs."""

import unittest

import numpy as np

from window_driver import PICTURES, PROGRAM, WindowTest, eventually, pixels_of_tile, run
from PIL import Image

DIGIT = PICTURES / "digit-3.png"


def alike(a, b):
    """How far two pictures go together, 1 for the same."""
    return np.corrcoef(a[..., 0].ravel(), b[..., 0].ravel())[0, 1]


class ChainTest(WindowTest):
    def seen(self, window):
        """The noisy digit, pixel by pixel, once it stands still."""
        window.settle()
        return pixels_of_tile(window.tile("lane1.x_t"), 32, 32)

    def last_step(self, epsilon):
        """How alike x_19 and x_20 are on the screen; β of that step is 0.999."""
        window = self.open("--set", "T=20", "--set", "lane.schedule=cosine", "--set", "lanes=1", "--set", "t=19",
                           "--set", f"epsilon={epsilon}", DIGIT)
        before = self.seen(window)
        window.press("Right")
        window.wait(lambda now: now["t"][0] == 20, "the last step")
        return window, before, self.seen(window)

    def test_a_step_of_the_chain_brings_other_noise_and_one_epsilon_keeps_its_grain(self):
        _, before, after = self.last_step("one")
        self.assertGreater(alike(before, after), 0.97)
        window, before, after = self.last_step("chain")
        self.assertLess(abs(alike(before, after)), 0.2)
        out = window.path / "chain.png"  # the command line follows the same path
        run(PROGRAM, "corrupt", DIGIT, "--schedule", "cosine", "--steps", 20, "--t", 20, "--seed", window.now()["seed"],
            "--chain", "--out", out)
        written = np.asarray(Image.open(out).convert("RGB")).astype(int)
        self.assertLessEqual(np.abs(written - after).max(), 1)

    def test_it_is_chosen_beside_the_button_that_adds_noise(self):
        window = self.open("--set", "T=20", "--set", "lanes=1", "--set", "t=10", DIGIT)
        before = self.seen(window)
        window.click("chain")
        window.press("Down")
        left, top, right, bottom = window.place("chain")
        window.click_at((left + right) / 2, bottom + 1.6 * (bottom - top))  # the second of its two lines
        eventually(lambda: self.assertGreater(np.abs(self.seen(window) - before).mean(), 5))

    def test_64_pictures_form_together_and_can_be_left(self):
        window = self.open("--set", "lanes=1", "--set", "lane.steps=3", "--set", "speed=8", "--set", "lane.class=3", DIGIT)
        window.click("generate_wall_button")
        window.wait(lambda now: now["run_done"] and now["t"][0] == 0 and not now["playing"], "64 pictures", 120)
        wall = pixels_of_tile(window.tile("lane1.x_t"), 256, 256)[..., 0]
        cells = wall.reshape(8, 32, 8, 32).swapaxes(1, 2).reshape(64, 32, 32)
        strokes = (cells > 128).mean(axis=(1, 2))
        self.assertTrue(((strokes > 0.02) & (strokes < 0.4)).all(), strokes)  # a digit in each
        self.assertGreater(min(np.abs(cells[0] - cell).mean() for cell in cells[1:]), 1, "each from noise of its own")
        window.press("Escape")
        window.wait(lambda now: now["view"] == "forward", "the picture again", 20)


if __name__ == "__main__":
    unittest.main(verbosity=2)
