"""The panel of latents: noise in pixels beside noise in coefficients, and words as points."""

import unittest

import numpy as np

from window_driver import WindowTest, eventually


class LatentsPanel(WindowTest):
    def opened(self):
        window = self.open()
        window.tab("latents")
        window.wait(lambda now: now["panel"].get("k", 0) > 1, "the principal components", 120)
        return window

    def test_looks_as_it_did(self):
        window = self.opened()
        window.slide(300)
        self.assert_looks_like(window, "latents")

    def test_more_coefficients_keep_more(self):
        window = self.opened()
        window.drag("latents.k", 0.2, 0.02, lambda now: now["panel"]["k"] < 15)
        few = window.now()["panel"]["explained"]
        blurred = window.tile("latents.decoded").mean(axis=2)
        window.drag("latents.k", 0.02, 0.98, lambda now: now["panel"]["k"] > 180)
        many = window.now()["panel"]["explained"]
        self.assertLess(few, 0.7)
        self.assertGreater(many, 0.9)
        clean = window.tile("latents.clean").mean(axis=2)

        def nearer():
            sharp = window.tile("latents.decoded").mean(axis=2)
            self.assertLess(abs(sharp - clean).mean(), 0.7 * abs(blurred - clean).mean())
        eventually(nearer)

    def test_noise_in_coefficients_is_other_noise_than_in_pixels(self):
        """In pixels it is grain: neighbours differ. Decoded, it is smooth, like the digits."""
        window = self.opened()
        window.slide(600)

        def grain(name):
            tile = window.tile(name).mean(axis=2)
            rows = ((tile.shape[0] / 28) * (0.5 + np.arange(28))).astype(int)
            picture = tile[rows][:, rows]
            return abs(picture[:, 1:] - picture[:, :-1]).mean() / picture.std()
        eventually(lambda: self.assertGreater(grain("latents.noisy"), 1.5 * grain("latents.decoded_noisy")))

    def test_words_blur(self):
        window = self.opened()
        window.click("latents.view", 0.75, 0.75)
        window.wait(lambda now: "nearest" in now["panel"], "the words", 20)
        window.slide(0)
        window.wait(lambda now: now["panel"]["nearest"] == 0, "the word itself at t = 0", 20)
        window.slide(200)
        self.assert_looks_like(window, "latents_words")
        window.slide(800)
        window.wait(lambda now: now["panel"]["nearest"] != 0, "another word", 20)
        window.click("latents.plane", 0.85, 0.55)
        window.wait(lambda now: now["settings"].get("latents.word", 0) != 0, "another word chosen", 20)


if __name__ == "__main__":
    unittest.main(verbosity=2)
