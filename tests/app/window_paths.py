"""Straight paths: ends of lines by mouse and keyboard, the flow that they make together, reflow, and few steps."""

import unittest

from window_driver import PICTURES, WindowTest


class PathsTest(WindowTest):
    def open_panel(self, *arguments):
        window = self.open(PICTURES / "digit-3.png", "--set", "panel=paths", *arguments)
        window.wait(lambda now: now.get("panel", {}).get("crossings"), "the panel's facts", 20)
        return window

    def test_reflow_uncrosses_and_two_steps_suffice(self):
        window = self.open_panel("--set", "paths.steps=on")
        now = window.now()
        self.assertEqual((now["panel"]["pairs"], now["panel"]["crossings"]), (6, 11))
        self.assertGreater(now["panel"]["steps_off"], 1)
        self.assert_looks_like(window, "paths")
        window.click("paths.reflow")
        now = window.wait(lambda now: now["panel"]["crossings"] == 0, "no crossings", 20)
        self.assertLess(now["panel"]["steps_off"], 0.05)
        self.assertLess(now["panel"]["bending"], 0.01)
        window.press("ctrl+z")
        window.wait(lambda now: now["panel"]["crossings"] == 11, "undo", 20)
        window.click("paths.shuffle")
        window.wait(lambda now: now["panel"]["crossings"] != 11, "other pairs", 20)

    def test_ends_move_by_mouse_and_keyboard(self):
        window = self.open_panel()
        _, top, _, bottom = window.place("paths.plane")
        x, y = window.point("paths.data1")  # −1.5, at the bottom
        window.move(x, y)
        window.act("mousedown", 1)
        for step in range(1, 6):
            window.move(x, round(y + (top + 4 - y) * step / 5))
        window.act("mouseup", 1)
        # Above all others its line no longer crosses those that lead down: five crossings fewer, and none more.
        now = window.wait(lambda now: now["panel"]["crossings"] == 6, "fewer crossings", 20)
        window.tab_to("paths.noise4")  # −1.3, the lowest
        for _ in range(12):  # to −0.7, past one of the others
            window.press("Up")
        window.wait(lambda now: now["panel"]["crossings"] != 6, "more or fewer crossings", 20)

    def test_the_same_paths_in_three_coordinates(self):
        window = self.open_panel()
        straight = window.now()["panel"]["bending_drawn"]
        window.click("paths.coordinates", y=0.8)
        left, _, _, bottom = window.place("paths.coordinates")
        window.click_at(left + 60, bottom + 24 + 23)
        now = window.wait(lambda now: now["settings"].get("paths.coordinates") == 1, "variance preserving", 20)
        self.assertNotAlmostEqual(now["panel"]["bending_drawn"], straight, delta=0.01)
        self.assertEqual(now["panel"]["crossings"], 11)

    def test_a_network_learns_the_field_in_the_plane_and_reflow_straightens_it(self):
        window = self.open(PICTURES / "digit-3.png", "--set", "panel=paths", "--set", "paths.space=2-D, learned")
        first = window.wait(lambda now: now.get("panel", {}).get("trained") == 1, "the first round", 120)["panel"]
        self.assertGreater(first["bending"], 0.6)  # the exact field's: 0.86
        self.assertGreater(first["steps_off"], 0.4)
        window.click("paths.reflow")
        window.wait(lambda now: now["panel"].get("trained") == 0, "another round", 20)
        now = window.wait(lambda now: now["panel"].get("trained") == 1, "the second round", 120)["panel"]
        self.assertLess(now["bending"], first["bending"] / 20)
        self.assertLess(now["steps_off"], first["steps_off"] / 4)
        self.assertEqual(now["bending_first"], first["bending"])
        window.press("ctrl+z")  # what was learned is kept
        now = window.wait(lambda now: now["panel"].get("bending") == first["bending"], "undo", 20)["panel"]
        self.assertEqual(now["trained"], 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
