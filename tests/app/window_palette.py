"""Ctrl+K: whatever can be done, set or opened by typing what it is called, with the keyboard alone."""

import unittest

from window_driver import WindowTest


class PaletteTest(WindowTest):
    def ask(self, window, text):
        window.press("ctrl+k")
        window.wait(lambda now: now["dialog"] == "Commands" and now["typing"], "the commands", 20)
        window.type(text)

    def run_command(self, window, text, done, what):
        self.ask(window, text)
        window.press("Return")
        return window.wait(lambda now: not now["dialog"] and done(now), what, 30)

    def test_settings_tabs_lessons_and_actions_are_reached_by_name(self):
        window = self.open()
        self.run_command(window, "seed 12", lambda now: now["seed"] == 12, "another seed")
        self.run_command(window, "tab guidance", lambda now: now["tab"] == "guidance", "another tab")
        self.run_command(window, "noisy end", lambda now: now["t"][0] == 1000, "the noisy end")
        self.run_command(window, "lesson score", lambda now: now["lesson"] is not None, "the lesson")

    def test_arrows_choose_and_escape_leaves_all_as_it_was(self):
        window = self.open()
        before = window.now()
        self.ask(window, "end")
        window.press("Down")
        window.press("Up")
        window.press("Escape")
        now = window.wait(lambda now: not now["dialog"], "the dialog to be gone", 20)
        self.assertEqual((now["t"], now["seed"]), (before["t"], before["seed"]))
        self.ask(window, "clean end")
        window.press("Down")  # another that fits
        window.press("Up")
        window.press("Return")
        window.wait(lambda now: not now["dialog"] and now["t"][0] == 0, "the clean end", 20)

    def test_a_setting_without_its_value_says_what_it_takes(self):
        window = self.open()
        self.ask(window, "seed")
        window.press("Return")
        window.wait(lambda now: now["dialog"] == "Commands" and now["typing"], "that it is asked for", 20)
        window.press("End")
        window.type(" 31")
        window.press("Return")
        window.wait(lambda now: not now["dialog"] and now["seed"] == 31, "the seed", 20)


if __name__ == "__main__":
    unittest.main(verbosity=2)
