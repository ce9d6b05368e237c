"""The panel "Noise prediction", as a person uses it. See window_driver.py."""

import unittest

import numpy as np

from window_driver import PICTURES, WindowTest, eventually


def measured(now):
    return now["panel"]["points"] == now["panel"]["all_points"] and now["panel"]["all_points"] > 0 and not now["computing"]


class NoisePrediction(WindowTest):
    def open_panel(self, picture="digit-3.png", **options):
        window = self.open(PICTURES / picture, **options)
        window.tab("noise")
        window.wait(lambda now: "noise.x_t" in now["places"], "the panel", 30)
        return window

    def test_shows_the_guess_and_its_error_at_every_t(self):
        window = self.open_panel()
        window.slide(420)
        window.wait(measured, "the curves", 300)
        self.assert_looks_like(window, "noise")

    def test_the_difference_is_that_of_the_two_tiles(self):
        window = self.open_panel()
        window.slide(400)
        window.wait(lambda now: not now["computing"] and now["panel"]["rms"] > 0, "the guess", 60)

        def check():
            guessed, true = (window.tile(f"noise.{name}")[4:-4, 4:-4] for name in ("epsilon_hat", "epsilon"))
            difference = window.tile("noise.difference")[4:-4, 4:-4]
            inside = (np.minimum(guessed, true) > 2) & (np.maximum(guessed, true) < 253)  # nothing cut off
            gain = window.now()["panel"]["gain"]
            inside &= (difference > 2) & (difference < 253)
            error = np.abs((guessed - true) - (difference - 127.5) / gain)[inside]
            self.assertGreater(gain, 1, "an error this small is enlarged")
            self.assertLess(error.mean(), 1.5)
            self.assertLess(np.quantile(error, 0.99), 3)
        eventually(check)

    def test_subtracting_the_guess_leads_to_the_guessed_picture(self):
        window = self.open_panel()
        window.slide(420)
        window.wait(lambda now: not now["computing"], "the guess", 60)
        noisy = window.tile("noise.x_t").std()
        window.click("noise.subtract")
        window.wait(lambda now: now["settings"].get("noise.share") == 1 and not now["panel"]["moving"], "the animation", 30)

        def black_with_strokes():
            tile = window.tile("noise.x_t").mean(axis=2)
            self.assertGreater((tile < 60).mean(), 0.6, "a digit is light strokes on black")
            self.assertGreater((tile > 150).mean(), 0.02)
        eventually(black_with_strokes)
        window.drag("noise.share", 0.95, 0.05, lambda now: now["settings"]["noise.share"] < 0.1)
        eventually(lambda: self.assertAlmostEqual(window.tile("noise.x_t").std(), noisy, delta=6))

    def test_a_divider_compares_with_the_original(self):
        window = self.open_panel()
        window.slide(420)
        window.wait(lambda now: not now["computing"], "the guess", 60)
        noisy = window.tile("noise.x_t")
        left, top, right, bottom = window.place("noise.x_t")
        window.move(*window.point("noise.x_t.wipe"))
        window.act("mousedown", 1)
        for share in (0.2, 0.35, 0.5):  # the grip comes along
            window.move(round(left + share * (right - left)), round((top + bottom) / 2))
        window.act("mouseup", 1)
        window.move(2, 2)  # or its tooltip would lie over the other half

        def half_clean():
            tile = window.tile("noise.x_t")
            third = tile.shape[1] // 3
            self.assertLess(tile[-third:, :third // 2].std(), 5, "the corner of a digit is black")
            self.assertGreater(noisy[-third:, :third // 2].std(), 30)
            np.testing.assert_allclose(tile[:, -third:], noisy[:, -third:], atol=3)
        eventually(half_clean)

    def test_the_curve_moves_the_slider(self):
        window = self.open_panel()
        window.drag("noise.curve", 0.5, 0.8, lambda now: 600 < now["t"][0] < 900)

    def test_another_picture_is_measured_anew(self):
        window = self.open_panel()
        window.wait(measured, "the curves", 300)
        places = window.now()["places"]  # the strip stands at the open picture
        window.click(next(f"picture{i}" for i in range(100) if places[f"picture{i}"][1] > 100))
        window.wait(lambda now: now["panel"]["points"] < now["panel"]["all_points"], "a new measurement", 30)

    def test_one_step_in_slow_motion(self):
        window = self.open_panel()
        window.slide(420)
        window.click("noise.show", 0.6)
        window.wait(lambda now: "noise.next" in now["places"], "the other view", 20)
        window.click("noise.next")  # after the last part it begins again
        window.wait(lambda now: now["settings"].get("noise.stage") == 0, "the first part", 20)
        for stage in range(1, 4):
            window.click("noise.next")
            window.wait(lambda now: now["settings"]["noise.stage"] == stage, f"part {stage}", 20)
        window.click("noise.play")
        window.wait(lambda now: now["settings"]["noise.stage"] == 4 and not now["panel"]["moving"], "the end", 30)
        window.wait(lambda now: not now["computing"], "the guess", 60)
        self.assert_looks_like(window, "noise_step")

    def test_fits_every_size_of_the_window(self):
        window = self.open_panel()
        for width, height in ((1920, 1080), (1000, 640), (1280, 800)):
            window.resize(width, height)
            for name, (left, top, right, bottom) in window.now()["places"].items():
                if name.startswith("noise."):
                    self.assertTrue(-1 <= left <= right <= width + 1 and -1 <= top <= bottom <= height + 1,
                                    f"{name} at {left, top, right, bottom} in {width}×{height}")


if __name__ == "__main__":
    unittest.main(verbosity=2)
