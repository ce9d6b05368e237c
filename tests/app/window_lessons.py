"""Follows the lessons in the real window with mouse and keyboard, as a reader does."""

import os
import pathlib
import tempfile
import unittest

import numpy as np

from window_driver import ASSETS, PICTURES, WindowTest, eventually, run

LESSONS = sorted((ASSETS / "lessons").glob("*.md"), key=lambda file: int(file.stem.split("-")[0]))
SMALL = """# A small lesson

```state
picture = fish
lanes = 1
```

## One

```state
t = 25%
```

```highlight
slider
```

Text with $x_t$.

## Two

```question
Which?
- [ ] this
  > no
- [x] that
  > yes
- [ ] neither
  > no, since it is one of them
reveal:
  t = 75%
```

## Three
"""


class LessonTest(WindowTest):
    def setUp(self):
        self.state = tempfile.TemporaryDirectory()
        self.addCleanup(self.state.cleanup)
        os.environ["XDG_STATE_HOME"] = self.state.name

    def on_page(self, window, page):
        return window.wait(lambda now: now["lesson"] and now["lesson"]["page"] == page, f"page {page + 1}", 30)

    def bring_into_view(self, window, name):
        """Scrolls the text with the wheel until the middle of `name` can be clicked."""
        window.wait(lambda now: name in now["places"], f"{name} to be drawn", 20)
        left, top, right, bottom = window.place("lesson.text")
        window.move(round(right - 8), round((top + bottom) / 2))
        for _ in range(40):
            middle = window.point(name)[1]
            if top + 4 < middle < bottom - 4:
                return
            run("xdotool", "click", 5 if middle > bottom - 4 else 4)
            eventually(lambda: self.assertNotEqual(window.point(name)[1], middle), 5)
        raise AssertionError(f"{name} cannot be scrolled into view")

    def answer(self, window, question, choice):
        name = f"lesson.answer{question['block']}.{choice}"
        self.bring_into_view(window, name)
        window.click(name)
        block = question["block"]
        window.wait(lambda now: any(q["block"] == block and q["given"] == choice for q in now["lesson"]["questions"]),
                    "the answer to count", 20)

    def own_lesson(self, text):
        path = pathlib.Path(self.state.name) / "own.md"
        path.write_text(text, encoding="utf-8")
        return path

    def follow(self, lesson, wrong_ones):
        """From first to last page; every second question is answered wrong when `wrong_ones`."""
        window = self.open("--lesson", lesson)
        self.on_page(window, 0)
        count = window.now()["lesson"]["pages"]
        asked = 0
        for page in range(count):
            self.on_page(window, page)
            names = window.now()["lesson"]["highlight"]
            window.wait(lambda now: all(name in now["places"] for name in names), f"all of {names} to be on screen", 30)
            hidden = set(window.now()["lesson"]["hide"])
            self.assertFalse(hidden & set(window.now()["places"]), f"hidden on page {page + 1} of {lesson.name}")
            shown_later = {name for name in hidden if name.endswith("_strip")}
            for question in window.now()["lesson"]["questions"]:
                wrong = (question["right"] + 1) % question["answers"]
                self.answer(window, question, wrong if wrong_ones and asked % 2 else question["right"])
                asked += 1
            window.wait(lambda now: shown_later <= set(now["places"]), f"{shown_later} to be shown, as all is answered", 30)
            self.assertEqual(window.now()["lesson"]["mistakes"], [], f"page {page + 1} of {lesson.name}")
            self.assertEqual(window.now()["message"], "")
            if page + 1 < count:
                window.press("Next") if page % 2 else window.click("lesson.next")
        self.assertGreaterEqual(asked, 2)
        window.click("lesson.next")
        window.wait(lambda now: now["lesson"] is None, "the lesson to end", 20)

    def test_leaving_gives_back_what_was_there(self):
        window = self.open(PICTURES / "rocket.png", "--set", "t=62%", "--set", "seed=11")
        before = window.wait(lambda now: now["t"][0] == 620, "t = 620")
        window.click("lessons")
        window.wait(lambda now: now["dialog"] == "Lessons" and "contents.0" in now["places"], "the contents")
        window.settle()  # it finds its size and its place in the first frames
        window.click("contents.0")
        self.on_page(window, 0)
        window.wait(lambda now: now["picture"] == "Budgerigar" and "lane2.x_t" not in now["places"], "the lesson's state")
        window.press("Next")
        self.on_page(window, 1)
        window.press("Prior")
        self.on_page(window, 0)
        window.click("lesson.leave")
        after = window.wait(lambda now: now["lesson"] is None and now["picture"] == "Rocket", "the rocket")
        for what in ("t", "seed", "view", "picture", "tab", "settings", "playing"):
            self.assertEqual(after[what], before[what], what)
        window.wait(lambda now: "lane2.x_t" in now["places"], "both lanes again", 20)

    def test_a_page_sets_its_state_once_and_gives_it_back_on_request(self):
        window = self.open("--lesson", self.own_lesson(SMALL))
        window.wait(lambda now: now["t"][0] == 250 and now["picture"] == "Fish", "the state of page 1")
        window.slide(800)
        window.click("theme")
        self.assertAlmostEqual(window.now()["t"][0], 800, delta=3)
        window.click("lesson.again")
        window.wait(lambda now: now["t"][0] == 250, "the state of page 1 again")

    def test_an_answer_reveals_and_nothing_blocks_going_on(self):
        window = self.open("--lesson", self.own_lesson(SMALL))
        window.press("Next")
        question = self.on_page(window, 1)["lesson"]["questions"][0]
        self.answer(window, question, 0)
        window.wait(lambda now: now["t"][0] == 750, "what the reveal sets")
        window.click(f"lesson.answer{question['block']}.1")
        self.assertEqual(window.now()["lesson"]["questions"][0]["given"], 0, "the first answer counts")
        third = f"lesson.answer{question['block']}.2"
        height = lambda now: now["places"][third][3] - now["places"][third][1]
        low = height(window.now())
        window.click(third)
        window.wait(lambda now: height(now) > low + 10, "why the third is wrong, too", 20)
        window.click(third)
        window.wait(lambda now: height(now) < low + 5, "only its verdict again", 20)
        window.press("Next")
        self.on_page(window, 2)

    def test_the_place_is_kept_between_runs(self):
        path = self.own_lesson(SMALL)
        window = self.open("--lesson", path)
        window.press("Next")
        self.on_page(window, 1)
        window.close()
        self.on_page(self.open("--lesson", path), 1)

    def test_pointing_at_a_symbol_lights_up_what_it_stands_for(self):
        window = self.open("--lesson", self.own_lesson(SMALL.replace("$x_t$", "$\\hat x_0$")))
        now = window.wait(  # the tiles move when the page's picture and its one lane arrive
            lambda now: now["t"][0] == 250 and now["picture"] == "Fish" and "lane1.x_0" in now["places"]
            and "lane2.x_0" not in now["places"], "the state of page 1")
        left, top, right, bottom = now["places"]["lane1.x_0"]

        def edge():
            return window.screenshot()[round(bottom) + 2:round(bottom) + 6, round(left) + 20:round(right) - 20].copy()
        window.move(5, 300)
        plain = edge()
        x, y = (round(v) for v in window.place("lesson.text")[:2])
        text = window.screenshot()[y:y + 120, x:round(window.place("lesson.text")[2])]
        coloured = text.max(axis=2) - text.min(axis=2) > 60  # the only colour in the text is the symbol's
        self.assertTrue(coloured.any(), "the symbol has its colour")
        rows, columns = np.nonzero(coloured)
        window.move(x + round(columns.mean()), y + round(rows.mean()))
        eventually(lambda: self.assertGreater(np.abs(edge() - plain).max(), 40, "a ring around the guessed picture"))

    def test_links_lead_to_lessons_and_pages_and_tables_are_drawn(self):
        file = pathlib.Path(self.state.name) / "linked.md"
        file.write_text("# Linked\n\n## One\n\nAs in [lesson one](1#4), [below](#2), [there](https://example.org/paper).\n\n"
                        "| step | weight |\n| --- | --- |\n| one | *half* of it |\n\n## Two\n\nHere.\n")
        window = self.open("--lesson", file)
        now = self.on_page(window, 0)
        self.assertEqual(now["lesson"]["mistakes"], [])
        window.click("lesson.link https://example.org/paper")
        window.wait(lambda now: "https://example.org/paper" in now["message"], "the address to be copied", 20)
        window.click("lesson.link #2")
        self.on_page(window, 1)
        window.click("lesson.back")
        self.on_page(window, 0)
        window.tab_to("lesson.link 1#4")
        window.press("Return")
        window.wait(lambda now: now["lesson"]["title"].startswith("1 ") and now["lesson"]["page"] == 3, "lesson 1, page 4", 30)

    def test_mistakes_are_told_with_their_line_and_the_rest_runs(self):
        path = self.own_lesson(SMALL.replace("t = 25%", "t = 25 %%"))
        window = self.open("--lesson", path)
        now = self.on_page(window, 0)
        line = SMALL.splitlines().index("t = 25%") + 1
        self.assertEqual(len(now["lesson"]["mistakes"]), 1)
        self.assertTrue(now["lesson"]["mistakes"][0].startswith(f"{line}: "), now["lesson"]["mistakes"])
        window.wait(lambda now: now["picture"] == "Fish", "the rest of the state")
        path.write_text(SMALL, encoding="utf-8")  # mended while it is open
        window.wait(lambda now: now["lesson"]["mistakes"] == [] and now["t"][0] == 250, "the mended page", 30)

    def test_a_name_that_is_nowhere_is_a_mistake_too(self):
        window = self.open("--lesson", self.own_lesson(SMALL.replace("slider\n", "slidder\n")))
        window.wait(lambda now: now["lesson"] and any("slidder" in m for m in now["lesson"]["mistakes"]), "the mistake", 30)


def follow_test(lesson, index):
    return lambda self: self.follow(lesson, wrong_ones=index % 2 == 0)


for index, lesson in enumerate(LESSONS):
    setattr(LessonTest, f"test_lesson_{lesson.stem.replace('-', '_')}_from_first_to_last_page", follow_test(lesson, index))


if __name__ == "__main__":
    unittest.main(verbosity=2)
