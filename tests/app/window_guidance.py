"""The panel "Guidance", as a person uses it. See window_driver.py."""

import unittest

import numpy as np

from window_driver import PICTURES, WindowTest, eventually


def drawn(now):
    return now["panel"].get("wanted", 0) > 0 and now["panel"]["done"] == now["panel"]["wanted"]


class Guidance(WindowTest):
    def open_panel(self, **options):
        window = self.open(PICTURES / "digit-3.png", **options)
        window.tab("guidance")
        window.wait(lambda now: "guidance.classes" in now["places"], "the panel", 30)
        return window

    def test_shows_classes_weights_and_predictions(self):
        window = self.open_panel()
        window.slide(785)  # the moment shown is the next noisier one, t = 800
        window.wait(drawn, "the pictures", 300)
        self.assert_looks_like(window, "guidance")

    def test_another_class_is_another_picture_from_the_same_noise(self):
        window = self.open_panel()
        window.wait(drawn, "the pictures", 300)
        tiles = [window.tile(f"guidance.of_class{i}")[2:-2, 2:-2].mean(axis=2) for i in range(10)]
        for tile in tiles:
            self.assertGreater((tile < 60).mean(), 0.5, "a digit is light strokes on black")
            self.assertGreater((tile > 150).mean(), 0.02)
        self.assertGreater(np.abs(tiles[0] - tiles[1]).mean(), 10)
        before = window.tile("guidance.at_weight8")
        window.click("guidance.of_class7")
        window.wait(lambda now: now["settings"].get("guidance.class") == 7 and drawn(now), "sevens", 300)
        eventually(lambda: self.assertGreater(np.abs(window.tile("guidance.at_weight8") - before).mean(), 5))

    def test_without_weight_the_class_does_not_matter(self):
        window = self.open_panel()
        window.click("guidance.at_weight0")
        window.wait(lambda now: now["settings"].get("guidance.weight") == 0 and drawn(now), "pictures without a class", 300)

        def all_the_same():
            first = window.tile("guidance.of_class0")[2:-2, 2:-2]
            for i in range(1, 10):
                self.assertLess(np.abs(window.tile(f"guidance.of_class{i}")[2:-2, 2:-2] - first).mean(), 3)
        eventually(all_the_same)

    def test_the_weight_is_dragged_and_noise_renewed(self):
        window = self.open_panel()
        window.wait(drawn, "the pictures", 300)
        window.drag("guidance.weight", 0.3, 0.9, lambda now: now["settings"].get("guidance.weight", 2) > 6)
        window.wait(drawn, "the pictures", 300)
        before, seed = window.tile("guidance.of_class0"), window.now()["seed"]
        window.click("guidance.new_noise")
        window.wait(lambda now: now["seed"] != seed and drawn(now), "other pictures", 300)
        eventually(lambda: self.assertGreater(np.abs(window.tile("guidance.of_class0") - before).mean(), 5))


if __name__ == "__main__":
    unittest.main(verbosity=2)
