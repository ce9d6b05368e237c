"""Shortcuts go by the character that is typed, whatever the layout of the keyboard; F11 fills the screen and gives it back."""

import subprocess
import unittest

from window_driver import WindowTest, eventually

LAYOUTS = {"us": [], "de": [], "fr": [], "se": [], "us-dvorak": ["-variant", "dvorak"], "us-colemak": ["-variant", "colemak"]}


class Keys(WindowTest):
    def choose_layout(self, name):
        subprocess.run(["setxkbmap", "-layout", name.split("-")[0], *LAYOUTS[name]], check=True)

    def setUp(self):
        self.addCleanup(self.choose_layout, "us")

    @staticmethod
    def height(now):
        left, top, right, bottom = now["places"]["open"]
        return bottom - top

    def test_every_layout(self):
        for layout in LAYOUTS:
            with self.subTest(layout):
                self.choose_layout(layout)
                window = self.open()
                usual = self.height(window.now())
                window.press("ctrl+plus")
                window.wait(lambda now: self.height(now) > usual, "ctrl+plus: everything larger", 10)
                window.press("ctrl+0")
                window.wait(lambda now: self.height(now) == usual, "ctrl+0: the usual size", 10)
                window.press("ctrl+minus")
                window.wait(lambda now: self.height(now) < usual, "ctrl+minus: everything smaller", 10)
                dark = window.screenshot().mean()
                window.press("t")
                eventually(lambda: self.assertGreater(abs(window.screenshot().mean() - dark), 50, "t: the other theme"))
                window.press("g")
                window.wait(lambda now: now["view"] == "reverse", "g: a run from noise", 20)
                window.press("Escape")
                window.press("ctrl+o")
                window.wait(lambda now: now["dialog"] == "Open a picture", "ctrl+o: the open dialog", 20)
                window.close()

    def test_what_is_on_screen_is_copied(self):
        window = self.open("--set", "T=500", "--set", "lane2.sampler=heun", "--set", "t=40%")
        window.press("ctrl+shift+c")
        window.press("ctrl+o")
        window.wait(lambda now: now["typing"], "a field to paste into", 20)

        def paste():
            for act, key in (("keydown", "ctrl"), ("keydown", "a"), ("keyup", "a"), ("keydown", "v"), ("keyup", "v"), ("keyup", "ctrl")):
                window.act(act, key)  # held over a frame: ImGui 1.86 misses shorter ones
            self.assertEqual(window.now()["typed"], "T = 500lane2.sampler = heunt = 200")
        eventually(paste)

    def test_full_screen_and_back(self):
        window = self.open()
        before = window.now()["window"]
        window.press("F11")
        window.wait(lambda now: now["window"] == [2560, 1440], "the whole screen", 20)
        window.press("F11")
        window.wait(lambda now: now["window"] == before, "the size before", 20)


if __name__ == "__main__":
    unittest.main(verbosity=2)
