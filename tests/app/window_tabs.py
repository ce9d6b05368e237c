"""The tabs: groups that open a menu of their panels, by mouse and keyboard; the names of what is open; the box of a narrow window."""

import unittest

from window_driver import WindowTest

IDEAS = ["pixel", "schedule", "one_step", "score", "paths", "spectrum", "discrete", "latents"]
NETWORKS = ["noise", "training", "locality", "guidance", "heart"]


class Tabs(WindowTest):
    def open_group(self, window, name):
        window.click(f"tabs.{name}")
        window.wait(lambda now: now["dialog"] == name, f"the menu of {name}", 20)

    def test_the_mouse_reaches_each_panel_through_its_group(self):
        window = self.open()
        first = window.now()["places"]
        self.assertEqual({name for name in first if name.startswith("tabs.")}, {"tabs.Ideas", "tabs.Networks"})
        for panel in ("measured", "pictures", *IDEAS, *NETWORKS, "pictures"):
            window.tab(panel)
            self.assertFalse(window.now()["dialog"], "the menu is closed again")
        self.assertEqual(window.place("tabs.Ideas"), first["tabs.Ideas"])

    def test_a_group_says_which_of_its_panels_is_open(self):
        window = self.open()
        width = lambda name: (lambda place: place[2] - place[0])(window.place(name))
        closed = width("tabs.Ideas"), width("tabs.Networks")
        window.tab("one_step")
        long = width("tabs.Ideas")
        self.assertGreater(long, closed[0] + 60, "its name has come in")
        window.tab("score")
        self.assertLess(closed[0] + 20, width("tabs.Ideas"))
        self.assertLess(width("tabs.Ideas"), long - 20, "a shorter one")
        window.tab("noise")
        self.assertEqual(width("tabs.Ideas"), closed[0])
        self.assertGreater(width("tabs.Networks"), closed[1] + 60)

    def test_a_menu_goes_by_escape_and_by_a_click_elsewhere(self):
        window = self.open()
        self.open_group(window, "Ideas")
        places = window.now()["places"]
        tops = [places[f"tab.{panel}"][1] for panel in IDEAS]
        self.assertEqual(tops, sorted(tops), "they stand below each other")
        self.assertGreater(tops[0], places["tabs.Ideas"][3], "below their group")
        window.press("Escape")
        window.wait(lambda now: not now["dialog"], "the menu to be gone", 20)
        self.open_group(window, "Networks")
        window.click_at(640, 600)
        window.wait(lambda now: not now["dialog"], "the menu to be gone", 20)
        self.assertEqual(window.now()["tab"], "pictures")

    def test_arrows_go_from_panel_to_panel_and_enter_opens_the_menu(self):
        window = self.open()
        window.press("Tab")
        self.assertTrue(window.has_keyboard("tab.pictures"))
        for panel in [*IDEAS, *NETWORKS, "measured"]:
            window.press("Right")
            window.wait(lambda now: now["tab"] == panel, f"the tab {panel}", 30)
        for panel in ["heart", "guidance", "locality", "training"]:
            window.press("Left")
            window.wait(lambda now: now["tab"] == panel, f"the tab {panel}", 30)
        self.assertTrue(window.has_keyboard("tabs.Networks"))
        window.press("Return")
        window.wait(lambda now: now["dialog"] == "Networks" and window.has_keyboard("tab.training"), "what is open to be chosen", 20)
        window.press("Up")
        window.press("Return")
        window.wait(lambda now: now["tab"] == "noise" and not now["dialog"], "the one above it", 30)
        self.assertTrue(window.has_keyboard("tabs.Networks"), "and back to where it was opened")

    def test_a_group_that_is_not_open_is_a_stop_of_its_own(self):
        window = self.open()
        window.tab_to("tabs.Ideas")
        window.press("space")
        window.wait(lambda now: now["dialog"] == "Ideas" and window.has_keyboard("tab.pixel"), "its menu", 20)
        window.press("Down")
        window.press("Return")
        window.wait(lambda now: now["tab"] == IDEAS[1], "its second panel", 30)

    def test_commands_and_lessons_reach_a_panel_directly(self):
        window = self.open()
        window.press("ctrl+k")
        window.wait(lambda now: now["dialog"] == "Commands" and now["typing"], "the commands", 20)
        window.type("tab discrete")
        window.press("Return")
        window.wait(lambda now: now["tab"] == "discrete" and not now["dialog"], "the panel", 30)
        lesson = self.open("--lesson", "6")
        lesson.wait(lambda now: now["tab"] == "score", "the lesson's panel", 30)

    def test_a_narrow_window_has_a_box_of_all(self):
        window = self.open(size=(600, 800))
        self.assertNotIn("tabs.Ideas", window.now()["places"])
        window.click("tabs")
        window.wait(lambda now: "tab.guidance" in now["places"], "all panels", 20)
        window.click("tab.guidance")
        window.wait(lambda now: now["tab"] == "guidance", "the panel", 30)


if __name__ == "__main__":
    unittest.main(verbosity=2)
