"""Learned or by heart: the number of faces is chosen by segments, columns and keys; new noise; what is said follows from figures."""

import unittest

import numpy as np

from window_driver import WindowTest, eventually

COUNTS = [10, 100, 1000, 10000]


class Heart(WindowTest):
    def open_panel(self, *arguments):
        window = self.open("--set", "panel=heart", *arguments)
        window.wait(lambda now: now["panel"].get("done") == 8, "all eight answers", 120)
        return window

    def chosen(self, window, faces):
        return window.wait(lambda now: now["panel"]["faces"] == faces and "verdict" in now["panel"], f"{faces} faces", 60)["panel"]

    def difference(self, window, one, other):
        return np.abs(window.tile(one).mean(axis=2) - window.tile(other).mean(axis=2)).mean()

    def test_with_ten_faces_each_returns_one_of_its_own(self):
        window = self.open_panel("--set", "heart.count=10", "--set", "seed=1")
        panel = self.chosen(window, 10)
        self.assertLess(max(panel["own_a"], panel["own_b"]), panel["unseen"] / 3)
        self.assertEqual(panel["verdict"], 0)
        eventually(lambda: self.assertLess(self.difference(window, "heart.a", "heart.nearest_a"), 8))
        self.assertGreater(self.difference(window, "heart.a", "heart.b"), 8)
        self.assert_looks_like(window, "heart")

    def test_with_ten_thousand_both_draw_the_same_new_one(self):
        window = self.open_panel("--set", "heart.count=10", "--set", "seed=1")
        few = self.chosen(window, 10)
        window.click("heart.count", 0.88, 0.75)
        many = self.chosen(window, 10000)
        self.assertLess(many["apart"], few["apart"] / 2)
        self.assertLess(many["apart"], min(many["own_a"], many["own_b"]))
        self.assertEqual(many["verdict"], 2)
        eventually(lambda: self.assertLess(self.difference(window, "heart.a", "heart.b"), 8))

    def test_a_column_is_a_number_of_faces(self):
        window = self.open_panel()
        for i, faces in [(2, 1000), (0, 10), (3, 10000), (1, 100)]:
            window.click("heart.counts", (i + 0.5) / 4, 0.9)
            self.chosen(window, faces)

    def test_new_noise_is_another_pair_of_answers(self):
        window = self.open_panel()
        self.assertEqual(window.now()["panel"]["faces"], 10000)
        before, seed = window.tile("heart.a"), window.now()["seed"]
        window.click("heart.new_noise")
        window.wait(lambda now: now["seed"] != seed and now["panel"]["done"] == 8, "other answers", 120)
        eventually(lambda: self.assertGreater(np.abs(window.tile("heart.a") - before).mean(), 5))

    def test_the_keyboard_alone(self):
        window = self.open_panel()
        window.press("Tab")
        window.tab_to("heart.count")
        window.press("Left")
        self.chosen(window, 1000)
        window.tab_to("heart.counts")
        window.press("Left")
        self.chosen(window, 100)
        seed = window.now()["seed"]
        window.press("n")
        window.wait(lambda now: now["seed"] != seed and now["panel"]["done"] == 8, "other answers", 120)

    def test_the_palette_finds_it(self):
        window = self.open()
        window.press("ctrl+k")
        window.wait(lambda now: now["dialog"] == "Commands" and now["typing"], "the commands", 20)
        window.type("by heart")
        window.press("Return")
        window.wait(lambda now: now["tab"] == "heart", "the panel", 30)


if __name__ == "__main__":
    unittest.main(verbosity=2)
