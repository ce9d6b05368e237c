"""The window as a person uses it: the slider, autoplay both ways, opening pictures, sizes, themes."""

import unittest

import numpy as np
from PIL import Image

from window_driver import ASSETS, PICTURES, PROGRAM, WindowTest, eventually, pixels_of_tile, run


class PersonTest(WindowTest):
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
                shown = pixels_of_tile(window.tile(f"lane{lane + 1}.x_t"), width, height)
                self.assertLessEqual(np.abs(shown - expected).max(), 2, f"lane {schedule} at t = {t}")
            eventually(check)

    def test_the_slider_changes_the_picture_as_the_formula_says(self):
        picture = PICTURES / "butterfly.png"
        window = self.open(picture, "--set", "lane.model=photo")  # at its own size
        for t in (0, 420, 800, 1000):
            self.assert_shows_formula(window, picture, window.slide(t))

    def test_a_divider_shows_the_original_beside_what_became_of_it(self):
        picture = PICTURES / "butterfly.png"
        window = self.open(picture, "--set", "lane.model=photo")  # at its own size
        window.slide(600)
        window.drag("lane1.x_t", 0.01, 0.5)
        window.move(5, 5)
        with Image.open(picture) as image:
            clean = np.asarray(image.convert("RGB")).astype(int)
        noisy = self.corrupted(window, picture, "linear", 600)
        height, width = clean.shape[:2]

        def check():
            shown = pixels_of_tile(window.tile("lane1.x_t"), width, height)
            left, right = slice(0, width // 2 - 4), slice(width // 2 + 4, None)
            # below the name of the picture, without the grip
            rows = [row for row in range(height) if abs(row - height / 2) > height / 8 and row > height / 4]
            self.assertLessEqual(np.abs(shown - clean)[rows, left].max(), 2)
            self.assertLessEqual(np.abs(shown - noisy)[rows, right].max(), 2)
        eventually(check)

    def test_new_noise_is_other_noise_and_stays_while_the_slider_moves(self):
        picture = PICTURES / "butterfly.png"
        window = self.open(picture, "--set", "lane.model=photo")  # at its own size
        seed = window.now()["seed"]
        t = window.slide(500)
        self.assert_shows_formula(window, picture, t)
        before = window.tile("lane1.x_t")
        window.click("new_noise")
        window.wait(lambda now: now["seed"] != seed, "another seed", 20)
        self.assert_shows_formula(window, picture, t)
        self.assertGreater(np.abs(before - window.tile("lane1.x_t")).mean(), 5)
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
            tile = window.tile(f"lane{lane + 1}.x_t").mean(axis=2)
            self.assertGreater((tile < 40).mean(), 0.6, "a digit is light strokes on black, not noise")
            self.assertGreater((tile > 160).mean(), 0.02)

        def shows_noise(lane):
            self.assertLess((window.tile(f"lane{lane + 1}.x_t").mean(axis=2) < 40).mean(), 0.5)
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
            tile = window.tile("lane1.x_t")
            self.assertGreater(min(tile.shape[:2]), 20)
            window.slide(600)
            window.slide(200)

    def test_a_sample_beside_the_training_picture_it_is_most_like(self):
        window = self.open("--set", "picture=butterfly", "--set", "lane.model=icons", "--set", "lane.class=smiling faces",
                           "--set", "show=generate")
        window.wait(lambda now: now["run_done"] and "nearest" in now["places"], "a sample", 120)
        window.click("nearest")
        window.wait(lambda now: now["dialog"] == "nearest training picture" and "nearest.sample0" in now["places"],
                    "the nearest picture", 30)

        def two_pictures():
            sample, found = (window.tile(f"nearest.{which}0") for which in ("sample", "training picture"))
            for tile in (sample, found):
                self.assertGreater(tile.std(), 15, "a picture, not an empty frame")
            self.assertGreater(np.abs(sample - found).mean(), 1)
        eventually(two_pictures)
        window.press("Escape")
        window.wait(lambda now: now["dialog"] == "", "the end of it", 20)

    def test_a_way_back_is_measured_against_the_picture(self):
        window = self.open("--set", "picture=kitten-on-lawn", "--set", "working_size=128", "--set", "t=300",
                           "--set", "show=denoise")
        now = window.wait(lambda now: now["run_done"], "the run", 120)
        self.assertGreater(now["psnr"][0], 15)
        self.assertLess(now["psnr"][0], 40)
        self.assertTrue(0.2 < now["ssim"][0] < 1, now["ssim"])

    def test_one_lane_or_two_and_light_or_dark(self):
        window = self.open(PICTURES / "butterfly.png")
        window.press("2")
        window.wait(lambda now: "lane2.x_t" not in now["places"], "one lane", 20)
        window.press("2")
        window.wait(lambda now: "lane2.x_t" in now["places"], "two lanes", 20)
        dark = window.screenshot().mean()
        window.click("theme")
        eventually(lambda: self.assertGreater(window.screenshot().mean(), dark + 60))


if __name__ == "__main__":
    unittest.main(verbosity=2)
