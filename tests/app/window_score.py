"""The score panel as a person uses it: the probe, the slider, the way back, points of one's own."""

import unittest

import numpy as np

from window_driver import WindowTest, eventually


class ScoreTest(WindowTest):
    def open_score(self):
        window = self.open()
        window.tab("score")
        window.wait(lambda now: now["panel"].get("points") == 500, "the points")
        return window

    def drag_in_plane(self, window, start, end, steps=8):
        """By fractions of the plane, from its upper left corner."""
        for step in range(steps + 1):
            share = step / steps
            window.move(*window.point("score.plane", *(a + (b - a) * share for a, b in zip(start, end))))
            if step == 0:
                window.act("mousedown", 1)
        window.act("mouseup", 1)

    def choose(self, window, name, index):
        """A row of the list that opens below its box; again where the list was slow to open."""
        def attempt():
            window.click(name, y=0.8)
            left, _, _, bottom = window.place(name)
            window.click_at(left + 60, bottom + 24 + 23 * index)
            if window.now()["settings"].get(name) != index:
                window.press("Escape")
                self.fail(f"choice {index} of {name} was not taken")
        eventually(attempt)

    def test_looks_as_it_did(self):
        window = self.open_score()
        window.slide(300)
        eventually(lambda: self.assertGreater(np.ptp(window.tile("score.plane").mean(axis=2)), 60))
        self.assert_looks_like(window, "score")

    def test_the_probe_is_dragged_and_its_score_points_back_to_the_data(self):
        window = self.open_score()
        window.slide(1000)
        before = window.wait(lambda now: now["panel"]["effective_points"] > 450, "the numbers at t = T", 20)["panel"]
        self.assertLess(abs(before["x_0_hat_x"]) + abs(before["x_0_hat_y"]), 0.05, "noise alone tells nothing but the mean")
        self.drag_in_plane(window, (0.6, 0.3), (0.9, 0.1))
        window.wait(lambda now: now["settings"].get("score.probe_x", 0) > 2.3, "the probe at the right")

        def points_back():  # the numbers on screen are those of the frame before the newest place
            now = window.now()
            for axis in "xy":
                self.assertAlmostEqual(now["panel"][f"score_{axis}"], -now["settings"][f"score.probe_{axis}"], delta=0.1)
        eventually(points_back)
        window.slide(20)
        window.wait(lambda now: now["panel"]["effective_points"] < 20, "few points that it may have come from")

    def test_particles_of_noise_are_led_to_the_data_and_there_is_a_way_back(self):
        window = self.open_score()
        window.click("score.generate")
        window.wait(lambda now: now["panel"].get("flow_done") and now["panel"].get("flow_b_done"), "both ways back")
        now = window.wait(lambda now: now["t"][0] == 0 and not now["playing"], "the clean end", 60)
        self.assertIn("score.plane2", now["places"])
        left = window.tile("score.plane")
        window.slide(900)  # scrubbing brings the noise back
        eventually(lambda: self.assertGreater(np.abs(window.tile("score.plane") - left).mean(), 3))
        window.click("score.back")
        window.wait(lambda now: now["panel"]["generated"] == 0 and "score.plane2" not in now["places"], "one plane", 20)

    def test_points_of_ones_own(self):
        window = self.open_score()
        self.choose(window, "score.dataset", 5)
        window.wait(lambda now: now["panel"]["points"] == 0, "an empty plane", 20)
        empty = window.place("score.plane")
        self.drag_in_plane(window, (0.2, 0.2), (0.8, 0.25), steps=12)
        now = window.wait(lambda now: now["panel"]["points"] >= 10, "points where the mouse was", 20)
        self.assertEqual(now["places"]["score.plane"], empty, "the plane stays put under the stroke")
        window.click("score.generate")
        window.wait(lambda now: now["panel"].get("flow_done"), "particles on the drawn points")
        window.click("score.back")
        window.wait(lambda now: now["panel"]["generated"] == 0, "the data", 20)
        window.click("score.clear")
        window.wait(lambda now: now["panel"]["points"] == 0, "an empty plane again", 20)

    def test_the_same_probe_in_three_coordinates(self):
        window = self.open_score()
        window.slide(500)
        left, _, right, _ = window.place("score.plane")

        def across():  # of the probe, from the plane's centre
            probe = window.place("score.probe_at")
            return (probe[0] + probe[2] - left - right) / 2

        before, facts = across(), window.now()["panel"]
        alpha_bar = 0.0786  # of the linear schedule at t = 500
        straight = 1 / (alpha_bar ** 0.5 + (1 - alpha_bar) ** 0.5)
        self.choose(window, "score.coordinates", 1)
        eventually(lambda: self.assertAlmostEqual(across(), before * straight, delta=2))
        self.choose(window, "score.coordinates", 2)  # which shows three times as much of the plane
        eventually(lambda: self.assertAlmostEqual(across(), before / alpha_bar ** 0.5 / 3, delta=2))
        self.assertEqual(window.now()["panel"]["score_x"], facts["score_x"])
        self.drag_in_plane(window, (0.5 + across() / (right - left), 0.32), (0.5, 0.5))  # to the centre
        window.wait(lambda now: abs(now["settings"].get("score.probe_x", 9)) < 0.05, "the probe at the centre", 20)


if __name__ == "__main__":
    unittest.main(verbosity=2)
