"""One hand is enough: lesson 1 from its first page to its last, a session saved and a GIF exported, by the keyboard alone and
by the mouse alone; sliders by arrows, wheel and typing; the tour of those who come for the first time; themes."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

from PIL import Image

from window_driver import PICTURES, WindowTest, eventually, run

FEW_STEPS = ("--set", "lane1.steps=5", "--set", "lane2.steps=5", "--set", "picture=digit-3", "--set", "t=400")


class HandsTest(WindowTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def comes(self, window, what, seconds=3):
        end = time.monotonic() + seconds
        while not what(window.now()) and time.monotonic() < end:
            time.sleep(0.05)
        return what(window.now())

    def on_page(self, window, page):
        return window.wait(lambda now: now["lesson"] and now["lesson"]["page"] == page, f"page {page + 1}", 30)

    def answered(self, window, block):
        window.wait(lambda now: any(q["block"] == block and q["given"] == q["right"] for q in now["lesson"]["questions"]),
                    "the answer to count", 20)

    def written(self, window, file):
        window.wait(lambda now: now["export"]["message"] == f"Written: {file}" and not now["dialog"], f"{file}", 90)
        with Image.open(file) as gif:
            self.assertGreater(gif.n_frames, 5)

    def follow(self, window, answer, turn):
        """Lesson 1, which is open, to its end."""
        pages = self.on_page(window, 0)["lesson"]["pages"]
        asked = 0
        for page in range(pages):
            self.on_page(window, page)
            for question in window.now()["lesson"]["questions"]:
                answer(f"lesson.answer{question['block']}.{question['right']}")
                self.answered(window, question["block"])
                asked += 1
            if page + 1 < pages:
                turn(page)
        self.assertGreater(asked, 1)

    def test_the_keyboard_alone(self):
        window = self.open(*FEW_STEPS, cwd=self.folder)
        window.press("Tab")
        self.assertTrue(window.has_keyboard("tab.pictures"), "it comes in at the upper left")
        window.tab_to("lessons")
        window.press("Return")
        window.wait(lambda now: now["dialog"] == "Lessons" and "contents.0" in now["places"], "the contents", 20)
        eventually(lambda: self.assertTrue(window.has_keyboard("contents.0")))
        window.press("Down")
        window.press("Up")
        window.press("Return")

        def answer(name):
            window.tab_to(name)
            window.press("Return")

        def turn(page):
            if page % 2:
                return window.press("Next")
            window.tab_to("lesson.next")
            window.press("Return")

        self.follow(window, answer, turn)
        session = self.folder / "mine.noiseglass"
        window.save_session(session)
        window.tab_to("lesson.next")
        window.press("Return")
        window.wait(lambda now: now["lesson"] is None, "the lesson to end", 20)
        window.press("ctrl+e")
        window.wait(lambda now: now["dialog"] == "Export" and now["typing"], "the dialog", 20)
        for _ in range(12):
            if window.now()["export"]["what"] == "run":
                break
            window.press("Down")
        file = self.folder / "mine.gif"
        window.press("ctrl+a")
        window.type(file)
        window.wait(lambda now: now["export"]["typed"] == str(file), "the name", 20)
        window.tab_to("export.do")  # past the name, to the button
        window.press("Return")
        self.written(window, file)

    def test_the_mouse_alone(self):
        window = self.open(*FEW_STEPS, cwd=self.folder)
        window.click("lessons")
        window.wait(lambda now: now["dialog"] == "Lessons" and "contents.0" in now["places"], "the contents", 20)
        window.settle()
        window.click("contents.0")

        def answer(name):
            window.wait(lambda now: name in now["places"], name, 20)
            left, top, right, bottom = window.place("lesson.text")
            window.move(round(right - 8), round((top + bottom) / 2))
            for _ in range(40):
                middle = window.point(name)[1]
                if top + 4 < middle < bottom - 4:
                    break
                run("xdotool", "click", 5 if middle > bottom - 4 else 4)
                eventually(lambda: self.assertNotEqual(window.point(name)[1], middle), 5)
            window.click(name)

        self.follow(window, answer, lambda page: window.click("lesson.next"))
        window.click("help")
        window.wait(lambda now: now["dialog"] == "Help" and "save_session" in now["places"], "help", 20)
        window.settle()
        window.click("save_session")
        window.wait(lambda now: now["dialog"] == "Save this session", "the dialog", 20)
        window.settle()
        window.click("save.do")
        session = self.folder / "session.noiseglass"
        window.wait(lambda now: session.is_file() and not now["dialog"], "the session, by the name that is offered", 30)
        window.click("lesson.next")
        window.wait(lambda now: now["lesson"] is None, "the lesson to end", 20)
        window.move(*window.point("lane1.x_0"))
        window.wait(lambda now: "save.lane1.x_0" in now["places"], "the button", 20)
        window.click("save.lane1.x_0")
        window.wait(lambda now: now["dialog"] == "Export" and "export.run" in now["places"], "the dialog", 20)
        window.settle()
        window.click("export.run")
        window.wait(lambda now: now["export"]["what"] == "run" and now["export"]["format"] == "gif", "a film", 20)
        window.click("export.do")
        self.written(window, pathlib.Path(window.now()["export"]["typed"]))

    def test_sliders_by_arrows_wheel_and_typing(self):
        window = self.open("--set", "panel=score", "--set", "t=300")
        value = lambda now: now["settings"].get("score.trail", 0.3)
        window.press("Tab")
        window.tab_to("score.trail")
        window.press("Right")
        window.wait(lambda now: abs(value(now) - 0.31) < 1e-9, "one step to the right", 20)
        window.press("shift+Left")
        window.wait(lambda now: abs(value(now) - 0.21) < 1e-9, "ten to the left", 20)
        window.press("Return")
        window.wait(lambda now: now["typing"], "a field", 20)
        window.press("ctrl+a")
        window.type("0.755")
        window.press("Return")
        window.wait(lambda now: value(now) == 0.755 and not now["typing"], "what was typed", 20)
        self.assertTrue(window.has_keyboard("score.trail"))
        window.press("Return")
        window.wait(lambda now: now["typing"], "a field", 20)
        window.press("ctrl+a")
        window.type("7")
        window.press("Return")
        window.wait(lambda now: now["typing"] and value(now) == 0.755, "the field again: it goes to 1", 20)
        window.press("Escape")
        window.wait(lambda now: not now["typing"] and value(now) == 0.755, "all as before", 20)
        window.press("ctrl+z")
        window.wait(lambda now: abs(value(now) - 0.21) < 1e-9, "what was typed to be taken back", 20)
        window.move(*window.point("score.trail", 0.5, 0.75))
        run("sleep", "0.5")
        window.act("click", 4)
        window.wait(lambda now: abs(value(now) - 0.22) < 1e-9, "one notch of the wheel", 20)
        window.move(*window.point("slider", 0.3))
        for delay in 5 * (120, 180, 240):  # milliseconds: two clicks within a frame are one, and 300 apart they are two
            run("xdotool", "click", "--repeat", 2, "--delay", delay, 1)
            if self.comes(window, lambda now: now["typing"]):
                break  # a click more would end it
        window.wait(lambda now: now["typing"], "a field for t", 20)
        window.press("ctrl+a")
        window.type("40%")
        window.press("Return")
        window.wait(lambda now: now["t"][0] == 400 and not now["typing"], "t = 400", 20)
        run("sleep", "0.5")
        window.act("click", 5)
        window.wait(lambda now: now["t"][0] == 390, "the wheel on t", 20)

    def test_the_probe_moves_by_arrows_and_pictures_are_enlarged(self):
        window = self.open("--set", "panel=score")
        window.press("Tab")
        window.tab_to("score.plane")
        before = window.now()["settings"].get("score.probe_x", 0.9)
        window.press("Left")
        window.wait(lambda now: abs(now["settings"].get("score.probe_x", 0.9) - before + 0.05) < 1e-9, "the probe", 20)
        window.tab("pictures")
        window.wait(lambda now: now["tab"] == "pictures" and now.get("focus") is None, "no ring for the mouse", 20)
        window.press("Tab")
        window.tab_to("lane1.x_t")
        window.press("Return")
        window.wait(lambda now: now["zoom"] == 2, "the picture twice as large", 20)
        window.press("ctrl+e")
        now = window.wait(lambda now: now["dialog"] == "Export", "what has the keyboard to be exported", 20)["export"]
        self.assertEqual((now["what"], now["of"], now["lane"]), ("tile", "x_t", 0))

    def test_points_are_drawn_and_x_0_is_moved_by_the_keyboard(self):
        window = self.open("--set", "panel=score", "--set", "score.dataset=Draw your own")
        window.press("Tab")
        window.tab_to("score.plane")
        window.press("Return")
        window.wait(lambda now: now.get("panel", {}).get("points") == 1, "a point", 20)
        for _ in range(3):
            window.press("Right")
        window.press("Return")
        window.wait(lambda now: now.get("panel", {}).get("points") == 2, "another one", 20)
        window = self.open("--set", "panel=one_step", "--set", "one_step.given_x_0=on", "--set", "one_step.x_0=1")
        window.press("Tab")
        window.tab_to("one_step.x_0_handle")
        window.press("Down")
        window.wait(lambda now: abs(now["settings"]["one_step.x_0"] - 0.95) < 1e-9, "x_0", 20)

    def test_all_keys_and_the_tour(self):
        os.environ["XDG_CONFIG_HOME"] = str(self.folder / "config")
        self.addCleanup(os.environ.pop, "XDG_CONFIG_HOME")
        window = self.open(first_start=True)
        window.wait(lambda now: now["tour"] == 0 and "tour.next" in now["places"], "the tour", 20)
        window.press("Return")
        window.wait(lambda now: now["tour"] == 1, "the second stop", 20)
        window.press("n")
        window.wait(lambda now: now["seed"] == 8 and now["tour"] == 1, "the window goes on meanwhile", 20)
        window.click("tour.next")
        window.wait(lambda now: now["tour"] == 2, "the third", 20)
        window.press("Escape")
        window.wait(lambda now: now["tour"] == -1, "the tour to be over", 20)
        window.press("question")
        window.wait(lambda now: now["dialog"] == "Help", "all keys", 20)
        window.press("Escape")
        window.wait(lambda now: not now["dialog"], "no dialog", 20)
        window.press("ctrl+k")
        window.wait(lambda now: now["typing"], "the commands", 20)
        window.type("tour")
        window.press("Return")
        window.wait(lambda now: now["tour"] == 0, "the tour again", 20)
        for stop in range(1, 5):
            window.press("Return")
            window.wait(lambda now: now["tour"] == stop, f"stop {stop + 1}", 20)
        window.press("Return")
        window.wait(lambda now: now["tour"] == -1, "its end", 20)
        window.close()
        again = self.open(first_start=True)
        self.assertEqual(again.now()["tour"], -1)
        again.close()
        shutil.rmtree(self.folder / "config")
        self.assertEqual(self.open("--fresh", first_start=True).now()["tour"], -1)

    def test_themes_are_chosen_and_kept(self):
        os.environ["XDG_CONFIG_HOME"] = str(self.folder / "config")
        self.addCleanup(os.environ.pop, "XDG_CONFIG_HOME")
        window = self.open("--theme", "light")
        self.assertEqual(window.now()["theme"], "light")
        window.press("t")
        window.wait(lambda now: now["theme"] == "high-contrast", "the next theme", 20)
        window.close()
        again = self.open()
        self.assertEqual(again.now()["theme"], "high-contrast")
        again.close()
        self.assertEqual(self.open("--light").now()["theme"], "light")


if __name__ == "__main__":
    unittest.main(verbosity=2)
