"""Ctrl+K: whatever can be done, set or opened by typing what it is called, with the keyboard alone."""

import unittest

from window_driver import WindowTest, eventually


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

    def test_the_row_under_the_mouse_is_not_taken_for_the_chosen_one(self):
        window = self.open()
        self.ask(window, "t")
        window.wait(lambda now: "command3" in now["places"], "some that fit", 20)
        window.move(*window.point("command2"))

        def bars_and_fills():
            screen = window.screenshot()
            seen = []
            for i in range(4):
                left, top, right, bottom = (round(v) for v in window.place(f"command{i}"))
                seen.append((screen[(top + bottom) // 2, left + 1], screen[top + 3, (left + right) // 2]))
            (bar, chosen), (_, plain), (edge, pointed), _ = seen
            self.assertGreater(abs(bar - edge).sum(), 200, "only the chosen one has a bar")
            self.assertGreater(abs(pointed - plain).sum(), 3, "the mouse is on the third")
            self.assertGreater(abs(chosen - pointed).sum(), 10, "and the first is the chosen one")
        eventually(bars_and_fills)

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
