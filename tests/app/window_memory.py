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

    def lift(self, window):
        most = resource.prlimit(window.process.pid, resource.RLIMIT_AS)[1]
        resource.prlimit(window.process.pid, resource.RLIMIT_AS, (most, most))

    def open_with(self, window, picture, megabytes):
        """With so many for the picture alone: a thread of the dialog's may take 128 of the address space by itself."""
        window.open_path(picture, before_return=lambda: self.allow(window, megabytes))

    def test_a_dialog_that_opens_without_memory_is_typed_into_once_there_is_some(self):
        for keys, dialog in (("ctrl+o", "Open a picture"), ("ctrl+shift+s", "Save this session"), ("ctrl+e", "Export")):
            window = self.open()
            self.allow(window, 0)
            window.press(keys)
            self.lift(window)
            now = window.wait(lambda now: now["dialog"] == dialog and now["typing"], f"{dialog}, typed into", 30)
            self.assertEqual(now["broken"], {})
            window.close()

    def test_a_picture_that_does_not_fit_leaves_the_old_one(self):
        window = self.open()
        before = window.now()["picture"]
        self.open_with(window, self.picture(8192), 150)
        now = window.wait(lambda now: now["message"], "the sentence", 120)
        self.assertIn(NO_MEMORY, now["message"])
        self.assertEqual(now["picture"], before)
        window.open_path(ASSETS / "pictures" / "digit-3.png")
        now = window.wait(lambda now: now["picture"] != before and not now["opening"], "another picture", 60)
        self.assertEqual(now["message"], "")
        self.assertEqual(now["broken"], {})

    def test_a_prediction_that_does_not_fit_is_a_sentence_until_it_fits(self):
        window = self.open("--set", "working_size=0")
        self.open_with(window, self.picture(2048), 250)
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
