"""The spectrum: what drowns as t is dragged, the way back that rises from the coarse end, the same t at three sizes."""

import unittest

from window_driver import PICTURES, WindowTest, eventually


class Spectrum(WindowTest):
    def open_panel(self, *arguments):
        window = self.open(PICTURES / "budgie-branch.jpg", "--set", "panel=spectrum", "--set", "lane.schedule=cosine", *arguments)
        window.wait(lambda now: "drowned" in now["panel"], "the spectrum", 60)
        return window

    def fine_detail(self, window, name):
        """How much neighbours differ."""
        tile = window.tile(name).mean(axis=2)
        return abs(tile[:, 2:] - tile[:, :-2]).mean()

    def test_more_noise_drowns_more_and_leaves_what_is_coarse(self):
        window = self.open_panel("--set", "t=300")
        self.assert_looks_like(window, "spectrum")
        before = window.now()["panel"]
        detail = self.fine_detail(window, "spectrum.above")
        self.assertLess(before["drowned"], before["half"])
        window.slide(800)
        now = window.wait(lambda now: now["panel"]["drowned"] < before["drowned"] / 2, "less to be left", 20)["panel"]
        self.assertLess(now["left_share"], before["left_share"])
        self.assertGreater(now["floor"], before["floor"])
        eventually(lambda: self.assertLess(self.fine_detail(window, "spectrum.above"), 0.8 * detail))
        window.slide(0)
        window.wait(lambda now: now["panel"]["left_share"] > 0.999, "all of it at t = 0", 20)

    def test_a_way_back_rises_from_the_coarse_end(self):
        window = self.open_panel("--set", "t=600")
        window.click("spectrum.show", 0.5, 0.75)
        now = window.wait(lambda now: now["panel"].get("way_done") == 1, "the way", 200)
        self.assertIn("spectrum.x_0_hat", now["places"])
        self.assertGreater(now["panel"]["low_share"], now["panel"]["high_share"])
        window.press("space")
        window.wait(lambda now: now["t"][0] < 400, "it to play backwards", 30)
        window.press("space")
        window.slide(0)
        self.assertAlmostEqual(window.wait(lambda now: now["panel"]["t"] == 0, "its end", 20)["panel"]["high_share"], 1)

    def test_the_same_t_leaves_more_of_a_larger_picture(self):
        window = self.open(PICTURES / "budgie-branch.jpg", "--set", "panel=spectrum", "--set", "lane.schedule=cosine", "--set", "t=600", "--set", "spectrum.show=sizes")
        panel = window.wait(lambda now: "crossing_1024" in now["panel"], "all sizes", 60)["panel"]
        self.assertLess(panel["crossing_64"], panel["crossing_256"])
        self.assertLess(panel["crossing_256"], panel["crossing_1024"])
        window.wait(lambda now: {"spectrum.size0", "spectrum.size1", "spectrum.size2"} <= set(now["places"]), "three pictures", 20)

    def test_the_keyboard_chooses_what_is_shown(self):
        window = self.open("--set", "panel=spectrum", "--set", "t=400")
        window.press("Tab")
        window.tab_to("spectrum.show")
        window.press("Right")
        window.wait(lambda now: now["settings"].get("spectrum.show") == 1, "the way back", 20)
        window.press("Right")
        window.wait(lambda now: now["settings"].get("spectrum.show") == 2, "three sizes", 20)


if __name__ == "__main__":
    unittest.main(verbosity=2)
