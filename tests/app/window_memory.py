"""With too little memory each part of the window says so in a sentence, goes on, and recovers when there is enough."""

import pathlib
import resource
import tempfile
import unittest

from PIL import Image

from window_driver import ASSETS, WindowTest

NO_MEMORY = "There is not enough memory for this."


class LittleMemory(WindowTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def picture(self, side):
        file = self.folder / f"{side}.jpg"
        Image.new("RGB", (side, side), (90, 160, 60)).save(file)
        return file

    def allow(self, window, megabytes):
        """No more than that beyond what the program has taken so far."""
        window.wait(lambda now: not now["computing"], "rest", 120)
        status = pathlib.Path(f"/proc/{window.process.pid}/status").read_text()
        taken = 1024 * int(status.split("VmSize:")[1].split()[0])
        most = resource.prlimit(window.process.pid, resource.RLIMIT_AS)[1]
        resource.prlimit(window.process.pid, resource.RLIMIT_AS, (taken + megabytes * 2**20, most))

    def test_a_picture_that_does_not_fit_leaves_the_old_one(self):
        window = self.open()
        before = window.now()["picture"]
        self.allow(window, 150)
        window.open_path(self.picture(8192))
        now = window.wait(lambda now: now["message"], "the sentence", 120)
        self.assertIn(NO_MEMORY, now["message"])
        self.assertEqual(now["picture"], before)
        window.open_path(ASSETS / "pictures" / "digit-3.png")
        now = window.wait(lambda now: now["picture"] != before and not now["opening"], "another picture", 60)
        self.assertEqual(now["message"], "")
        self.assertEqual(now["broken"], {})

    def test_a_prediction_that_does_not_fit_is_a_sentence_until_it_fits(self):
        window = self.open("--set", "working_size=0")
        self.allow(window, 250)
        window.open_path(self.picture(2048))
        now = window.wait(lambda now: not now["opening"] and all(now["problems"]), "the sentences", 240)
        self.assertEqual(now["problems"], [NO_MEMORY, NO_MEMORY])
        self.assertEqual(now["broken"], {})
        window.press("Home")  # at t = 0 there is nothing to compute
        window.wait(lambda now: now["problems"] == ["", ""], "recovery", 60)
        window.press("g")
        now = window.wait(lambda now: all(now["problems"]), "that a run does not fit either", 240)
        self.assertEqual(now["broken"], {})


if __name__ == "__main__":
    unittest.main(verbosity=2)
