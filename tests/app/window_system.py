"""What the desktop says of how programs are to look, through its portal: followed until a person chooses."""

import unittest

from window_driver import HAS_BUS, WindowTest


@unittest.skipUnless(HAS_BUS, "a session bus for tests needs dbus, python3-dbus and python3-gi")
class SystemTest(WindowTest):
    def says(self, portal, setting):
        portal.stdin.write(setting + "\n")
        portal.stdin.flush()

    def in_theme(self, window, theme):
        window.wait(lambda now: now["theme"] == theme, f"the theme {theme}", 20)

    def test_the_desktop_is_followed_until_a_theme_is_chosen(self):
        portal = self.start_bus("none", "color-scheme=2")
        window = self.open()
        self.in_theme(window, "light")
        self.says(portal, "color-scheme=1")
        self.in_theme(window, "dark")
        self.says(portal, "contrast=1")
        self.in_theme(window, "high-contrast")
        window.press("ctrl+z")
        window.press("n")
        window.wait(lambda now: now["seed"] == 8, "other noise", 20)
        self.assertEqual(window.now()["theme"], "high-contrast", "what the desktop says is no step to be undone")
        window.press("t")
        self.in_theme(window, "dark")
        self.says(portal, "contrast=0")
        self.says(portal, "color-scheme=2")
        window.press("n")
        window.wait(lambda now: now["seed"] == 9, "other noise", 20)
        self.assertEqual(window.now()["theme"], "dark", "what a person has chosen stays")
        window.press("F1")
        window.wait(lambda now: now["dialog"] == "Help" and "help.theme" in now["places"], "help", 20)
        window.settle()
        window.click("help.theme", 0.1)
        self.in_theme(window, "light")

    def test_what_is_asked_for_counts_more_than_the_desktop(self):
        self.start_bus("none", "color-scheme=2")
        window = self.open("--theme", "high-contrast")
        window.press("n")
        window.wait(lambda now: now["seed"] == 8, "other noise", 20)
        self.assertEqual(window.now()["theme"], "high-contrast")

    def test_animations_are_off_where_the_desktop_or_a_person_wants_none(self):
        portal = self.start_bus("none", "enable-animations=0")
        window = self.open()
        window.wait(lambda now: not now["transitions"], "no transitions", 20)
        self.says(portal, "enable-animations=1")
        window.wait(lambda now: now["transitions"], "transitions", 20)
        self.says(portal, "reduced-motion=1")
        window.wait(lambda now: not now["transitions"], "no transitions", 20)
        self.says(portal, "reduced-motion=0")
        window.wait(lambda now: now["transitions"], "transitions", 20)
        window.press("F1")
        window.wait(lambda now: now["dialog"] == "Help" and "transitions" in now["places"], "help", 20)
        window.settle()
        window.click("transitions", 0.1)
        window.wait(lambda now: not now["transitions"], "no transitions", 20)

    def test_where_there_is_no_portal_the_theme_stays(self):
        self.with_environment(DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere")
        self.assertEqual(self.open().now()["theme"], "dark")


if __name__ == "__main__":
    unittest.main(verbosity=2)
