"""The panel of discrete corruption: letters and grey levels, and the way back."""

import unittest

from window_driver import WindowTest

T = 1000


class DiscretePanel(WindowTest):
    def opened(self, *arguments):
        window = self.open(*arguments)
        window.tab("discrete")
        window.wait(lambda now: "changed" in now["panel"], "the panel", 30)
        return window

    def choose(self, window, setting, index, count):
        """One of a row of segments, by its place."""
        window.click(f"discrete.{setting}", (index + 0.5) / count, 0.75)

    def test_looks_as_it_did(self):
        window = self.opened()
        window.slide(400)
        window.wait(lambda now: now["panel"]["t"] == now["t"][0], "t = 400", 20)
        self.assert_looks_like(window, "discrete")

    def test_masks_grow_with_the_slider_and_come_off_where_they_went_on(self):
        window = self.opened()
        masked = []
        for t in (0, 150, 350, 600, T):
            window.slide(t)
            masked.append(window.wait(lambda now: now["panel"]["t"] == now["t"][0], "the scene", 20)["panel"]["masked"])
        self.assertEqual(masked[0], 0)
        self.assertEqual(masked, sorted(masked))
        self.assertGreaterEqual(masked[-1], 43)
        window.slide(350)
        window.wait(lambda now: now["panel"]["masked"] == masked[2], "the same masks again", 20)

    def test_generates_a_sentence_that_it_knows(self):
        window = self.opened()
        window.click("discrete.generate")
        window.wait(lambda now: now["settings"].get("discrete.view") == 1, "the generated view", 20)
        now = window.wait(lambda now: now["t"][0] == 0 and not now["playing"] and now["panel"]["t"] == 0, "the clean end", 240)
        self.assertEqual(now["panel"]["masked"], 0)
        self.assertGreater(now["panel"]["weight"], 0.999)
        self.assertEqual(now["panel"]["run_done"], 1)
        window.drag("slider", 0, 0.6, lambda now: abs(now["t"][0] - 600) <= 3)  # back through the steps
        window.wait(lambda now: now["panel"]["masked"] > 5, "masks again", 20)

    def test_a_typed_sentence_is_corrupted(self):
        window = self.opened()
        window.slide(0)
        window.click("discrete.sentence", 0.5, 0.8)
        window.wait(lambda now: now["typing"], "the cursor in the sentence", 20)
        window.act("keydown", "ctrl", "keydown", "a")  # held for a while: ImGui misses what is shorter than a frame
        window.act("keyup", "a", "keyup", "ctrl")
        window.type("we sail at dawn.")
        window.press("Return")
        window.wait(lambda now: now["panel"]["own_length"] == 16, "the new sentence", 20)

    def test_the_picture_in_grey_levels(self):
        window = self.opened()
        self.choose(window, "data", 1, 2)
        window.wait(lambda now: now["panel"]["tokens"] == 64 * 64, "the picture's tokens", 60)
        self.assertEqual(window.now()["panel"]["t"], 300)  # where the slider stands at first: another t, other masks
        self.assert_looks_like(window, "discrete_picture")
        masked = window.now()["panel"]["masked"]
        self.assertTrue(0.4 * 4096 < masked < 0.8 * 4096, masked)  # 1 − ᾱ at t = 300 is 0.605
        window.click("discrete.tiles", 0.25, 0.5)
        window.wait(lambda now: now["settings"].get("discrete.pixel", 0) % 64 == 16, "the pixel that was clicked", 20)


if __name__ == "__main__":
    unittest.main(verbosity=2)
