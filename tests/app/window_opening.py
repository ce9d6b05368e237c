"""A large picture opens while the old one stays: nothing waits for it, Escape gives it up."""

import pathlib
import tempfile
import unittest

from PIL import Image

from window_driver import WindowTest, run


class Opening(WindowTest):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.large = pathlib.Path(cls.folder.name) / "large.jpg"
        gradient = Image.linear_gradient("L").resize((8192, 8192))
        Image.merge("RGB", [gradient, gradient.rotate(90), gradient.rotate(180)]).save(cls.large, progressive=True)

    def begin(self, window):
        window.open_path(self.large)
        return window.wait(lambda now: now["opening"], "the beginning of opening", 20)

    def test_the_old_picture_stays_until_the_new_one_is_there_and_the_window_goes_on(self):
        window = self.open()
        before = window.now()["picture"]
        now = self.begin(window)
        self.assertEqual(now["picture"], before)
        window.wait(lambda now: "opening" in now["places"], "the bar that says so", 20)
        run("xdotool", "key", "--window", window.id, "End")
        now = window.wait(lambda now: now["t"][0] == 1000, "the slider", 20)
        self.assertTrue(now["opening"] and now["picture"] == before, "it was moved while the picture was being opened")
        now = window.wait(lambda now: not now["opening"], "the picture", 240)
        self.assertEqual(now["picture"], "large.jpg")
        self.assertEqual(now["message"], "")

    def test_at_the_start_a_bundled_picture_stays_until_ones_own_is_there(self):
        window = self.open(self.large)
        now = window.wait(lambda now: now["opening"], "the beginning of opening", 20)
        self.assertEqual(now["picture"], "Kitten")
        self.assertEqual(now["problems"], ["", ""])
        now = window.wait(lambda now: not now["opening"], "the picture", 240)
        self.assertEqual(now["picture"], "large.jpg")

    def test_a_name_that_is_too_long_is_a_sentence(self):
        window = self.open("n" * 300 + ".png")
        now = window.wait(lambda now: now["message"], "the sentence", 20)
        self.assertIn("name too long", now["message"])
        self.assertEqual(now["picture"], "Kitten")

    def test_escape_gives_it_up(self):
        window = self.open()
        before = window.now()["picture"]
        self.begin(window)
        run("xdotool", "key", "--window", window.id, "Escape")
        now = window.wait(lambda now: not now["opening"], "the end of opening", 20)
        self.assertEqual((now["picture"], now["message"]), (before, ""))


if __name__ == "__main__":
    unittest.main(verbosity=2)
