"""A session that is saved here and opened in another place, by another person's program with another copy of the assets, gives
the same arrays to the last bit: everything that it needs is in it, or in what comes with the program.

NOISEGLASS_ELSEWHERE names the folder of another checkout, whose assets are used then, and NOISEGLASS_ELSEWHERE_PROGRAM its
program; else the assets are copied, and the program is this one."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from PIL import Image

from window_driver import ASSETS, PROGRAM, WindowTest

WHAT_IS_SET = ("lane1.schedule=cosine", "lane1.sampler=ddpm", "lane1.steps=4", "lane2.schedule=sigmoid", "lane2.sampler=heun",
               "lane2.steps=3", "seed=20261126", "t=431", "working_size=128")


class ElsewhereTest(WindowTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def arrays(self, folder):
        found = {path.name: path.read_bytes() for path in folder.glob("*.npy")}
        self.assertGreater(len(found), 4, f"{folder} has {sorted(found)}")
        return found

    def elsewhere(self):
        """Another home, another folder to work in, other assets."""
        place = self.folder / "elsewhere"
        checkout = os.environ.get("NOISEGLASS_ELSEWHERE")
        assets = pathlib.Path(checkout) / "assets" if checkout else place / "assets"
        if not checkout:
            shutil.copytree(ASSETS, assets, ignore=shutil.ignore_patterns("lessons", "equations"))
        (place / "work").mkdir(parents=True, exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "NOISEGLASS_"))}
        homes = {f"XDG_{kind}_HOME": str(place / kind.lower()) for kind in ("STATE", "CONFIG", "CACHE", "DATA")}
        return place / "work", kept | homes | {"HOME": str(place / "home"), "NOISEGLASS_ASSETS": str(assets), "LC_ALL": "C"}

    def export_elsewhere(self, session):
        work, environment = self.elsewhere()
        shutil.move(session, work / "theirs.noiseglass")
        program = os.environ.get("NOISEGLASS_ELSEWHERE_PROGRAM", PROGRAM)
        done = subprocess.run([program, "export", "theirs.noiseglass", "--what", "tensors", "--out", "arrays"], cwd=work,
                              env=environment, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return self.arrays(work / "arrays")

    def save_and_export(self, window):
        session, arrays = self.folder / "mine.noiseglass", self.folder / "arrays"
        window.save_session(session)
        window.press("ctrl+e")
        window.wait(lambda now: now["dialog"] == "Export" and now["typing"], "the dialog", 20)
        for _ in range(12):
            if window.now()["export"]["what"] == "tensors":
                break
            window.press("Down")
        window.press("ctrl+a")
        window.type(arrays)
        window.wait(lambda now: now["export"]["typed"] == str(arrays), "the name", 20)
        window.press("Return")
        window.wait(lambda now: now["export"]["message"] == f"Written: {arrays}", "the arrays", 90)
        window.close()
        return session, self.arrays(arrays)

    def check(self, *opened):
        window = self.open(*opened, *[word for one in WHAT_IS_SET for word in ("--set", one)])
        session, here = self.save_and_export(window)
        self.assertEqual(self.export_elsewhere(session), here)

    def test_a_bundled_picture(self):
        self.check("--set", "picture=fish")

    def test_a_picture_of_ones_own_that_is_gone_by_then(self):
        own = self.folder / "my own.png"
        Image.linear_gradient("L").resize((75, 53)).convert("RGB").save(own)
        window = self.open(own, *[word for one in WHAT_IS_SET for word in ("--set", one)])
        window.wait(lambda now: now["picture"] == own.name and not now["opening"], "the picture", 30)
        session, here = self.save_and_export(window)
        own.unlink()
        self.assertEqual(self.export_elsewhere(session), here)


if __name__ == "__main__":
    unittest.main(verbosity=2)
