"""Keeping and taking back, in the real window: undo, sessions as files, the last session, what is copied."""

import os
import pathlib
import shutil
import tempfile
import unittest

from window_driver import PICTURES, WindowTest


class SessionsTest(WindowTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for kind in ("STATE", "CONFIG", "CACHE"):
            os.environ[f"XDG_{kind}_HOME"] = str(self.folder / kind.lower())

    def test_what_was_done_is_taken_back_a_drag_at_once(self):
        window = self.open("--set", "t=300")
        window.slide(700)
        window.press("n")
        window.wait(lambda now: now["seed"] == 8, "other noise", 20)
        window.press("ctrl+z")
        window.wait(lambda now: now["seed"] == 7 and now["t"][0] > 600, "the old noise", 20)
        window.press("ctrl+z")
        window.wait(lambda now: now["t"][0] == 300, "the slider where it was before the drag", 20)
        window.press("ctrl+shift+z")
        window.wait(lambda now: now["t"][0] > 600, "the drag again", 20)

    def test_a_session_is_saved_and_opened_with_a_picture_of_ones_own(self):
        own = self.folder / "mine.png"
        shutil.copy(next(PICTURES.glob("fish*.png")), own)
        window = self.open(own, "--set", "t=420", "--set", "lane2.schedule=sigmoid", "--set", "seed=99")
        file = self.folder / "a.noiseglass"
        window.save_session(file)
        window.close()
        own.unlink()
        again = self.open(file)
        again.wait(lambda now: now["t"][0] == 420 and now["seed"] == 99 and now["picture"] == "mine.png", "the session", 30)

    def test_the_last_session_comes_back_unless_it_is_not_wanted(self):
        window = self.open("--set", "seed=8", "--set", "text.discrete.sentence=typed words are kept at once")
        last = self.folder / "state" / "noiseglass" / "last.noiseglass"
        window.wait(lambda now: last.is_file(), "the last session", 20)
        window.close()
        again = self.open()
        again.wait(lambda now: now["seed"] == 8, "the last session", 30)
        again.close()
        afresh = self.open("--fresh")
        self.assertEqual(afresh.now()["seed"], 7)

    def test_standard_input_opens_as_a_file_does(self):
        with open(next(PICTURES.glob("fish*.png"))) as picture:
            window = self.open("-", stdin=picture)
        window.wait(lambda now: now["picture"] == "standard input", "the picture", 30)
        window.close()

    def test_a_link_opens_what_it_says(self):
        window = self.open("noiseglass:t=250;seed=5")
        window.wait(lambda now: now["t"][0] == 250 and now["seed"] == 5, "the state of the link", 20)


if __name__ == "__main__":
    unittest.main()
