"""Taking things home from the real window: the export dialog by keyboard and by mouse, giving up, pictures on the clipboard."""

import io
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree

import numpy as np
from PIL import Image

from window_driver import ASSETS, PROGRAM, WindowTest

DIGIT = ("--set", "picture=digit-3", "--set", "t=400", "--set", "lane1.steps=6", "--set", "lane2.steps=6")
HAS_XCLIP = shutil.which("xclip")


def exported(*arguments):
    """What the command line writes."""
    return subprocess.run([PROGRAM, "export", *map(str, arguments), "--out", "-"], capture_output=True, check=True,
                          env=dict(os.environ, NOISEGLASS_ASSETS=str(ASSETS))).stdout


def on_clipboard(target="image/png"):
    return subprocess.run(["xclip", "-selection", "clipboard", "-t", target, "-o"], capture_output=True, check=True).stdout


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


class ExportTest(WindowTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def names(self):
        return sorted(path.name for path in self.folder.iterdir())

    def put_on_clipboard(self, data, target):
        """As another program does, which answers until the test is over."""
        source = self.folder / "copied"
        source.write_bytes(data)
        with open(source, "rb") as stdin:
            other = subprocess.Popen(["xclip", "-selection", "clipboard", "-t", target, "-quiet", "-i"], stdin=stdin,
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(other.wait)
        self.addCleanup(other.terminate)
        for _ in range(100):
            if subprocess.run(["xclip", "-selection", "clipboard", "-t", target, "-o"], capture_output=True).stdout == data:
                return
        self.fail("xclip does not take it")

    def open_dialog(self, window):
        window.press("ctrl+e")
        window.wait(lambda now: now["dialog"] == "Export" and now["typing"], "the dialog", 20)

    def choose(self, window, what):
        """With the arrow keys, while the name is being typed."""
        self.open_dialog(window)
        for _ in range(12):
            if window.now()["export"]["what"] == what:
                return
            window.press("Down")
        self.fail(f"{what} cannot be chosen")

    def name_it(self, window, file):
        window.press("ctrl+a")
        window.type(str(file))
        window.wait(lambda now: now["export"]["typed"] == str(file), "what was typed", 20)

    def written(self, window, file):
        window.wait(lambda now: now["export"]["message"] == f"Written: {file}" and not now["dialog"], f"{file}", 60)

    def copied(self, window, name):
        window.wait(lambda now: now["export"]["message"] == f"Copied as a picture: {name}", f"{name} to be copied", 60)

    def test_the_keyboard_alone_exports_a_gif(self):
        window = self.open(*DIGIT)
        self.choose(window, "run")
        self.assertTrue(window.now()["export"]["typed"].endswith("-run.gif"))
        file = self.folder / "mine.gif"
        self.name_it(window, file)
        window.press("Return")
        self.written(window, file)
        with Image.open(file) as gif:
            self.assertEqual(gif.n_frames, 7)
        if shutil.which("ffprobe"):
            probed = subprocess.run(["ffprobe", "-v", "error", "-count_frames", "-select_streams", "v:0", "-show_entries",
                                     "stream=nb_read_frames", "-of", "csv=p=0", file], capture_output=True, text=True, check=True)
            self.assertEqual(probed.stdout.strip(), "7")
        self.assertEqual(self.names(), ["mine.gif"])
        self.assertEqual(file.read_bytes(), exported(*DIGIT, "--what", "run", "--format", "gif"))

    def test_the_mouse_exports_from_the_picture_it_points_at(self):
        window = self.open(*DIGIT)
        self.assertFalse([name for name in window.now()["places"] if name.startswith("save.")])
        window.move(*window.point("lane2.x_0"))
        window.wait(lambda now: "save.lane2.x_0" in now["places"], "the button", 20)
        window.click("save.lane2.x_0")
        now = window.wait(lambda now: now["dialog"] == "Export" and now["typing"], "the dialog", 20)["export"]
        self.assertEqual((now["what"], now["of"], now["lane"], now["format"]), ("tile", "x0_hat", 1, "png"))
        file = self.folder / "guess.png"
        self.name_it(window, file)
        window.click("export.do")
        self.written(window, file)
        wanted = exported(*DIGIT, "--what", "tile", "--of", "x0_hat", "--lane", 2)
        np.testing.assert_array_equal(pixels(file.read_bytes()), pixels(wanted))

    def test_a_plot_is_exported_by_itself(self):
        window = self.open(*DIGIT)
        window.move(*window.point("plot1"))
        window.click("save.plot1")
        now = window.wait(lambda now: now["dialog"] == "Export" and now["typing"], "the dialog", 20)["export"]
        self.assertEqual((now["what"], now["of"]), ("plots", "alpha_bar"))
        file = self.folder / "one.csv"
        self.name_it(window, file)
        self.assertEqual(window.now()["export"]["format"], "csv")
        window.press("Return")
        self.written(window, file)
        self.assertEqual(file.read_bytes(), exported(*DIGIT, "--what", "plots", "--of", "alpha_bar", "--format", "csv"))

    def test_a_worksheet_has_the_questions_of_the_open_lesson(self):
        window = self.open("--lesson", "score")
        self.choose(window, "worksheet")
        file = self.folder / "sheet.pdf"
        self.name_it(window, file)
        window.press("Return")
        self.written(window, file)
        self.assertTrue(file.read_bytes().startswith(b"%PDF-"))
        if shutil.which("pdftotext"):
            words = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
            title = next(line[4:] for line in (ASSETS / "lessons" / "6-score.md").read_text().splitlines() if line.startswith("# "))
            self.assertIn(title, words)

    def test_a_long_export_leaves_the_window_live_and_can_be_given_up(self):
        window = self.open("--set", "picture=kitten-on-lawn", "--set", "t=900", "--set", "lane.steps=200")
        self.choose(window, "run")
        self.name_it(window, self.folder / "long.gif")
        window.press("Return")
        window.wait(lambda now: now["export"]["busy"] and not now["dialog"] and not now["typing"], "the export", 30)
        seed = window.now()["seed"]
        window.press("n")
        window.wait(lambda now: now["seed"] != seed and now["export"]["busy"], "the window doing something else", 30)
        self.open_dialog(window)
        window.press("Return")  # one at a time: the first goes on
        self.assertEqual(window.now()["dialog"], "Export")
        window.press("Escape")
        window.wait(lambda now: not now["dialog"], "the dialog to be gone", 20)
        self.assertTrue(window.now()["export"]["busy"])
        window.click("export.cancel")
        window.wait(lambda now: not now["export"]["busy"], "the export to be given up", 30)
        self.assertEqual(self.names(), [])

    def test_what_is_wrong_is_said(self):
        window = self.open(*DIGIT)
        self.choose(window, "plots")
        self.name_it(window, self.folder / "plots.gif")
        window.press("Return")
        window.wait(lambda now: "not as .gif" in now["export"]["refused"] and now["dialog"], "the sentence", 20)
        self.name_it(window, self.folder / "nowhere" / "plots.svg")
        window.press("Return")
        window.wait(lambda now: "plots.svg" in now["export"]["message"] and not now["dialog"], "the sentence", 20)
        self.assertFalse(window.now()["export"]["message"].startswith("Written"))
        self.assertEqual(self.names(), [])

    def test_the_window_itself_is_a_picture(self):
        window = self.open(*DIGIT)
        self.choose(window, "window")
        file = self.folder / "window.png"
        self.name_it(window, file)
        window.move(2, 2)
        window.press("Return")
        self.written(window, file)
        shown = window.screenshot()
        taken = pixels(file.read_bytes()).astype(int)
        self.assertEqual(taken.shape, shown.shape)
        self.assertGreater((np.abs(taken - shown).max(axis=2) <= 8).mean(), 0.9)  # but for the note in the corner

    def part_of_screen(self, window, name):
        window.move(2, 2)
        left, top, right, bottom = window.place(name)
        return window.screenshot()[int(top):int(top) + round(bottom - top), int(left):int(left) + round(right - left)]

    def looks_like(self, taken, shown):
        """But for a pixel at the edges, and what moves."""
        height, width = min(taken.shape[0], shown.shape[0]), min(taken.shape[1], shown.shape[1])
        self.assertLessEqual(max(abs(taken.shape[0] - shown.shape[0]), abs(taken.shape[1] - shown.shape[1])), 1)
        difference = np.abs(taken[:height, :width].astype(int) - shown[:height, :width])
        self.assertGreater((difference.max(axis=2) <= 8).mean(), 0.98)

    def test_a_field_or_plot_of_a_panel_is_exported_as_it_is_seen(self):
        window = self.open("--set", "panel=score", "--set", "t=300")
        window.wait(lambda now: "score.plane" in now["places"], "the plane", 20)
        self.assertFalse([name for name in window.now()["places"] if name.startswith("save.")])
        window.move(*window.point("score.plane", 0.3, 0.3))
        window.wait(lambda now: "save.score.plane" in now["places"], "the button", 20)
        window.click("save.score.plane")
        now = window.wait(lambda now: now["dialog"] == "Export" and now["typing"], "the dialog", 20)["export"]
        self.assertEqual((now["what"], now["of"], now["format"]), ("window", "part", "png"))
        file = self.folder / "plane.png"
        self.name_it(window, file)
        window.press("Return")
        self.written(window, file)
        window.press("Escape")
        self.looks_like(pixels(file.read_bytes()), self.part_of_screen(window, "score.plane"))

    def test_the_numbers_of_a_panels_plot_are_exported(self):
        window = self.open("--set", "panel=latents", "--set", "latents.k=20")
        window.wait(lambda now: "latents.explained" in now["places"] and now.get("panel", {}).get("explained", 0) > 0, "the plot", 60)
        for ending in ("csv", "svg"):
            window.move(*window.point("latents.explained", 0.5, 0.6))
            window.wait(lambda now: "save.latents.explained" in now["places"], "the button", 20)
            window.click("save.latents.explained")
            now = window.wait(lambda now: now["dialog"] == "Export" and now["typing"], "the dialog", 20)["export"]
            self.assertEqual((now["what"], now["format"]), ("plot", "svg"))
            file = self.folder / f"plot.{ending}"
            self.name_it(window, file)
            window.press("Return")
            self.written(window, file)
        rows = (self.folder / "plot.csv").read_text().splitlines()
        self.assertEqual(rows[0], "curve,x,y")
        numbers = {float(x): float(y) for _, x, y in (row.rsplit(",", 2) for row in rows[1:])}
        self.assertEqual(len(numbers), 201)
        self.assertAlmostEqual(numbers[20], window.now()["panel"]["explained"], places=6)
        self.assertTrue((np.diff([numbers[k] for k in sorted(numbers)]) >= 0).all(), "more numbers keep more")
        drawing = xml.etree.ElementTree.parse(self.folder / "plot.svg").getroot()
        self.assertTrue(drawing.tag.endswith("svg"))
        self.assertGreater(len(list(drawing.iter())), 20)

    @unittest.skipUnless(HAS_XCLIP, "xclip is not installed")
    def test_a_field_or_plot_of_a_panel_is_copied_by_mouse_and_by_keyboard(self):
        window = self.open("--set", "panel=score", "--set", "t=300")
        window.wait(lambda now: "score.plane" in now["places"], "the plane", 20)
        window.move(*window.point("score.plane", 0.3, 0.3))
        window.press("ctrl+c")
        self.copied(window, "A part of the window")
        by_mouse = pixels(on_clipboard())
        self.looks_like(by_mouse, self.part_of_screen(window, "score.plane"))
        window.press("Tab")
        window.tab_to("score.plane")
        window.press("ctrl+c")
        self.copied(window, "A part of the window")
        self.assertEqual(pixels(on_clipboard()).shape, by_mouse.shape)

    @unittest.skipUnless(HAS_XCLIP, "xclip is not installed")
    def test_what_the_mouse_points_at_is_copied_as_a_picture(self):
        window = self.open(*DIGIT)
        for place, name, what in (("lane2.x_t", "xₜ of lane 2", ("tile", "--lane", 2)),
                                  ("lane1.epsilon", "ε̂ of lane 1", ("tile", "--of", "epsilon_hat")),
                                  ("plot2", "SNR in dB", ("plots", "--of", "snr_db", "--format", "png")),
                                  ("forward_strip", "Filmstrip", ("strip",))):
            window.move(*window.point(place))
            window.press("ctrl+c")
            self.copied(window, name)
            self.assertIn(b"image/png", on_clipboard("TARGETS"))
            np.testing.assert_array_equal(pixels(on_clipboard()), pixels(exported(*DIGIT, "--what", *what)))

    @unittest.skipUnless(HAS_XCLIP, "xclip is not installed")
    def test_a_large_picture_is_copied_in_pieces_and_elsewhere_it_is_the_window(self):
        photo = ("--set", "picture=kitten-on-lawn", "--set", "t=700")
        window = self.open(*photo)
        window.move(*window.point("lane1.x_t"))
        window.press("ctrl+c")
        self.copied(window, "xₜ of lane 1")
        png = on_clipboard()
        self.assertGreater(len(png), 1 << 19)
        np.testing.assert_array_equal(pixels(png), pixels(exported(*photo, "--what", "tile")))
        window.move(2, 2)
        window.press("ctrl+c")
        self.copied(window, "The window")
        self.assertEqual(pixels(on_clipboard()).shape, (800, 1280, 3))

    @unittest.skipUnless(HAS_XCLIP, "xclip is not installed")
    def test_what_another_program_copied_is_pasted(self):
        window = self.open(*DIGIT)
        random = np.random.default_rng(1).integers(0, 256, (700, 600, 3), dtype=np.uint8)  # too large for one piece
        made = io.BytesIO()
        Image.fromarray(random).save(made, "PNG")
        self.put_on_clipboard(made.getvalue(), "image/png")
        window.press("ctrl+v")
        window.wait(lambda now: now["picture"].startswith("pasted") and not now["opening"], "the picture", 60)
        self.put_on_clipboard(b"noiseglass:picture=digit-3;t=123", "UTF8_STRING")
        window.press("ctrl+v")
        window.wait(lambda now: now["t"][0] == 123 and now["picture"] == "Digit 3", "the link", 60)
        self.put_on_clipboard(b"only words", "UTF8_STRING")
        window.press("ctrl+v")
        window.wait(lambda now: "no picture" in now["export"]["message"], "the sentence", 30)


if __name__ == "__main__":
    unittest.main()
