"""The training panel: it trains while the window lives, keeps curves to compare, and looks as it should."""

import unittest

from window_driver import WindowTest


class TrainingTest(WindowTest):
    def open_panel(self, **options):
        window = self.open(**options)
        window.tab("training")
        window.wait(lambda now: now.get("panel", {}).get("field_t", -1) > 0, "the untrained network")
        return window

    def test_looks_as_it_should_before_training(self):
        window = self.open_panel()
        self.assertEqual(window.now()["panel"]["steps"], 0)
        self.assert_looks_like(window, "training")

    def test_learns_switches_target_and_keeps_the_curve(self):
        window = self.open_panel()
        before = window.now()["panel"]["loss"]
        window.click("training.play")
        learned = window.wait(lambda now: now["panel"]["loss"] < 0.3 and now["panel"]["steps"] > 200,
                              "the loss to fall", 240)["panel"]
        self.assertLess(learned["loss"], before)
        self.assertGreater(learned["loss"], 0.9 * learned["exact_loss"])
        window.click("training.target", 0.5, 0.7)  # x₀
        window.wait(lambda now: now["panel"]["target"] == 1 and now["panel"]["kept"] == 1, "the kept curve", 60)
        window.wait(lambda now: now["panel"]["steps"] > 60, "the other target to be trained", 120)
        window.click("training.play")
        window.wait(lambda now: now["settings"]["training.playing"] == 0, "a pause", 20)
        window.click("training.forget")
        window.wait(lambda now: now["panel"]["kept"] == 0, "no kept curve", 20)
        window.click("training.reset")
        window.wait(lambda now: now["panel"]["steps"] == 0, "the first weights", 20)

    def test_the_slider_moves_the_field_and_the_plot_moves_the_slider(self):
        window = self.open_panel()
        window.slide(700)
        window.wait(lambda now: abs(now["panel"]["field_t"] - 700) <= 3, "the field at 700", 20)
        window.drag("training.loss_by_t", 0.8, 0.3, lambda now: 100 < now["t"][0] < 450)

    def test_every_size_of_the_window_works(self):
        window = self.open_panel()
        for size in ((640, 480), (1920, 1080)):
            window.resize(*size)
            for name, (left, top, right, bottom) in window.now()["places"].items():
                self.assertTrue(-1 <= left <= right <= size[0] + 1, f"{name} at {left, right} in {size}")


if __name__ == "__main__":
    unittest.main(verbosity=2)
