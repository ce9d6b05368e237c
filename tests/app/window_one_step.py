"""One step back in one dimension: the step's size decides whether the way back is one bell; x_t and x_0 are dragged."""

import unittest

from window_driver import PICTURES, WindowTest


class OneStepTest(WindowTest):
    def open_panel(self):
        window = self.open(PICTURES / "butterfly.png")
        window.tab("one_step")
        window.wait(lambda now: now["panel"]["chain_ready"], "the chain of steps")
        return window

    def test_a_small_step_is_a_bell_and_a_large_one_is_not(self):
        window = self.open_panel()
        now = window.now()
        self.assertEqual((now["panel"]["t"], now["panel"]["s"]), (300, 299))
        self.assertEqual(now["panel"]["humps"], 1)
        self.assertLess(now["panel"]["total_variation"], 0.001)
        self.assert_looks_like(window, "one_step")
        window.drag("one_step.step", 0.03, 0.78, lambda now: now["settings"].get("one_step.step", 1) > 150)
        now = window.wait(lambda now: now["panel"]["chain_ready"], "the chain of large steps")
        self.assertEqual(now["panel"]["s"], 300 - now["settings"]["one_step.step"])
        self.assertEqual(now["panel"]["humps"], 2)
        self.assertGreater(now["panel"]["total_variation"], 0.2)
        self.assertGreater(now["panel"]["kl"], 0.1)

    def test_points_are_dragged_over_the_flow(self):
        window = self.open_panel()
        left, top, right, bottom = window.place("one_step.flow")
        window.click("one_step.flow", 0.6, 0.25)
        now = window.wait(lambda now: abs(now["panel"]["t"] - 600) < 5, "t under the mouse", 20)
        self.assertAlmostEqual(now["panel"]["x_t"], 1.6, delta=0.05)
        before = now["panel"]["x_0"]
        window.move(round(left), round(top + (bottom - top) * (3.2 - before) / 6.4))  # the handle of x_0 at t = 0
        window.act("mousedown", 1)
        for step in range(1, 6):
            window.move(round(left), round(top + (bottom - top) * ((3.2 - before) / 6.4 * (5 - step) + 0.7 * step) / 5))
        window.act("mouseup", 1)
        now = window.wait(lambda now: now["panel"]["x_0"] < -1, "x_0 at the mouse", 20)
        self.assertAlmostEqual(now["panel"]["x_0"], 3.2 - 6.4 * 0.7, delta=0.05)
        self.assertAlmostEqual(now["panel"]["t"], 600, delta=5)

    def test_the_error_plot_sets_the_step(self):
        window = self.open_panel()
        window.drag("one_step.errors", 0.1, 0.9, lambda now: now["settings"].get("one_step.step", 1) > 100)

    def test_data_paths_and_width_can_be_chosen(self):
        window = self.open_panel()
        for name, x in (("paths", 0.85), ("variance", 0.85)):
            window.click(f"one_step.{name}", x)
            window.wait(lambda now: now["settings"].get(f"one_step.{name}") == 2, name, 20)
        window.click("one_step.given_x_0")
        window.wait(lambda now: now["settings"].get("one_step.given_x_0") == 0, "the switch", 20)


if __name__ == "__main__":
    unittest.main(verbosity=2)
