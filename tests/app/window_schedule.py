"""Draw your own schedule: handles of the log-SNR by mouse and keyboard, the steps on the axis, and how well it does."""

import unittest

from window_driver import PICTURES, WindowTest


class ScheduleTest(WindowTest):
    def open_panel(self, *arguments):
        window = self.open(PICTURES / "digit-3.png", "--set", "panel=schedule", "--set", "schedule.scored=off", *arguments)
        window.wait(lambda now: "middle_log_snr" in now.get("panel", {}), "the panel's facts", 20)
        return window

    def pull(self, window, name, down=0, right=0):
        """A thing by the mouse, this many pixels."""
        x, y = window.point(name)
        window.move(x, y)
        window.act("mousedown", 1)
        for step in range(1, 6):
            window.move(round(x + right * step / 5), round(y + down * step / 5))
        window.act("mouseup", 1)

    def test_a_handle_takes_the_curve_along(self):
        window = self.open_panel()
        before = window.now()["panel"]
        self.assertEqual(before["drawn"], 0)  # the linear schedule, with handles on its curve
        _, top, _, bottom = window.place("schedule.curve")
        self.pull(window, "schedule.handle4", down=-0.05 * (bottom - top))
        now = window.wait(lambda now: now["panel"]["drawn"] == 1, "a schedule drawn by hand", 20)
        # A twentieth of an axis from −20 to 20; the middle handle is at T/2.
        self.assertAlmostEqual(now["panel"]["middle_log_snr"], before["middle_log_snr"] + 2, delta=0.4)
        self.assertGreater(now["panel"]["half_share"], before["half_share"] + 0.03)  # the picture stays longer
        window.press("ctrl+z")
        window.wait(lambda now: now["panel"]["drawn"] == 0, "undo takes the handle back", 20)

    def test_a_handle_stays_between_its_neighbours(self):
        window = self.open_panel()
        _, top, _, bottom = window.place("schedule.curve")
        self.pull(window, "schedule.handle4", down=bottom - top)
        now = window.wait(lambda now: now["panel"]["drawn"] == 1, "a schedule drawn by hand", 20)
        self.assertEqual(window.now()["refused"], "")
        self.assertLess(now["panel"]["middle_log_snr"], -4)

    def test_handles_and_steps_move_by_keyboard(self):
        window = self.open_panel()
        window.tab_to("schedule.handle4", most=200)
        before = window.now()["panel"]["middle_log_snr"]
        for _ in range(4):
            window.press("Up")
        now = window.wait(lambda now: abs(now["panel"]["middle_log_snr"] - before - 1) < 0.05, "four arrows up", 20)
        self.assertEqual((now["panel"]["drawn"], now["panel"]["by_hand"]), (1, 0))
        window.tab_to("schedule.step25", most=200)
        window.press("Left")
        now = window.wait(lambda now: now["panel"]["by_hand"] == 1, "a step was moved", 20)
        self.assertAlmostEqual(now["panel"]["last_step"], 0.04 - 0.01, delta=1e-6)

    def test_steps_are_dragged_along_the_axis(self):
        window = self.open_panel("--set", "lane1.steps=5")
        left, _, right, _ = window.place("schedule.curve")
        self.assertAlmostEqual(window.now()["panel"]["last_step"], 0.2, delta=1e-6)
        self.pull(window, "schedule.step5", right=-0.1 * (right - left))
        now = window.wait(lambda now: now["panel"]["by_hand"] == 1, "a step was moved", 20)
        self.assertAlmostEqual(now["panel"]["last_step"], 0.1, delta=0.01)
        self.assertEqual(now["panel"]["steps"], 5)

    def test_it_is_tried_out_beside_linear_and_cosine(self):
        window = self.open_panel("--set", "lane1.schedule=custom", "--set", "lane1.steps=6")
        window.click("schedule.scored")
        now = window.wait(lambda now: now["panel"]["tried"] == 1, "all scores", 240)
        for which in ("", "_linear", "_cosine"):
            self.assertGreater(now["panel"]["psnr" + which], 5)
            self.assertGreater(now["panel"]["read" + which], 20)
            self.assertLessEqual(now["panel"]["read" + which], 64)
        self.assert_looks_like(window, "schedule")


if __name__ == "__main__":
    unittest.main(verbosity=2)
