"""Every panel with every kind of schedule, in the real window: nothing fails to be drawn, and what cannot be is refused.

The tests go through all of them as pages of a lesson in one window, and start a window of its own for one of each panel.
With --real behind the program's name, each of the 130 is a window of its own, which takes some minutes:

    xvfb-run -s "-screen 0 2560x1440x24" python3 window_states.py path/to/noiseglass --real
"""

import concurrent.futures
import itertools
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

from window_driver import PROGRAM, Window, WindowTest, run

PANELS = ["pictures", "pixel", "noise", "one_step", "score", "training", "discrete", "latents", "guidance", "heart", "measured"]
SCHEDULES = [
    ["T = 1000", "lane.schedule = linear"],
    ["T = 1000", "lane.schedule = cosine"],
    ["T = 1000", "lane.schedule = scaled-linear"],
    ["T = 1000", "lane.schedule = sigmoid"],
    ["T = 1000", "lane.schedule = log-snr"],
    ["T = 1", "lane.schedule = linear"],
    ["T = 1", "lane.schedule = cosine"],
    ["T = 2", "lane.schedule = sigmoid"],
    ["T = 10", "lane.schedule = scaled-linear"],
    ["T = 50", "lane.schedule = linear", "lane.schedule.scale_to_steps = 0", "lane.schedule.beta_end = 0.5"],
    ["T = 10000", "lane.schedule = linear"],
    ["T = 10000", "lane.schedule = cosine"],
    ["T = 10000", "lane.schedule = log-snr"],
]
DEADLY = """# T

## P

```state
T = 10000
lane1.schedule = linear
lane1.schedule.beta_end = 0.9
```

## Q

```state
t = 25%
```
"""


AT_ONCE = 3  # windows


def faults_when_started(state):
    """Starts a window in this state: what is wrong with what it draws."""
    panel, schedule = state
    settings = [f"panel={panel}", *(line.replace(" ", "") for line in schedule), "t=100%"]
    window = Window("--fresh", *itertools.chain.from_iterable(("--set", setting) for setting in settings))
    try:
        window.settle(window.now()["frame"] + 3)
        now = window.now()
        steps = int(schedule[0].split()[-1])
        expected = {"broken": {}, "tab": panel, "refused": "", "message": "", "t": [steps, steps]}
        return [f"{settings}: {name} is {now[name]}" for name, value in expected.items() if now[name] != value]
    finally:
        window.close()


def all_faults(states):
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as windows:
        return list(itertools.chain.from_iterable(windows.map(faults_when_started, states)))


class StatesTest(WindowTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        os.environ["XDG_STATE_HOME"] = folder.name

    def lesson(self, text):
        file = self.folder / "states.md"
        file.write_text(text)
        return file

    def test_every_panel_is_drawn_with_every_schedule(self):
        states = list(itertools.product(PANELS, SCHEDULES))
        pages = [f"## {number}\n\n```state\npanel = {panel}\nt = 100%\n" + "\n".join(schedule) + "\n```\n"
                 for number, (panel, schedule) in enumerate(states)]
        window = self.open(self.lesson("# States\n\n" + "\n".join(pages)))
        for page, (panel, schedule) in enumerate(states):
            now = window.wait(lambda now: now["lesson"] and now["lesson"]["page"] == page, f"page {page + 1}", 60)
            window.settle(now["frame"] + 2)
            now = window.now()
            with self.subTest(panel=panel, schedule=schedule):
                self.assertEqual(now["broken"], {})
                self.assertEqual(now["lesson"]["mistakes"], [])
                self.assertEqual(now["tab"], panel)
            run("xdotool", "key", "--window", window.id, "Next")

    def test_a_window_of_its_own_for_one_state_of_each_panel(self):
        states = [(panel, SCHEDULES[3 * number % len(SCHEDULES)]) for number, panel in enumerate(PANELS)]
        self.assertEqual(all_faults(states), [])

    def test_a_lesson_cannot_ask_for_a_schedule_that_cannot_be(self):
        window = self.open(self.lesson(DEADLY))
        now = window.wait(lambda now: now["lesson"] and now["lesson"]["mistakes"], "the mistake to be found")
        self.assertIn("smaller β", now["lesson"]["mistakes"][0])
        window.press("End")
        window.press("Next")
        window.wait(lambda now: now["lesson"]["page"] == 1 and now["t"][0] == 250, "the second page")

    def test_a_number_of_steps_that_cannot_be_is_refused_beside_its_control(self):
        window = self.open("--set", "T=100", "--set", "lane1.schedule.scale_to_steps=0", "--set", "lane1.schedule.beta_end=0.9")
        window.click("lane1.settings", 0.05)
        window.wait(lambda now: "T" in now["places"], "the lane's settings", 20)
        window.click("T", 0.1)
        window.press("ctrl+a")
        window.type("5000")
        window.act("keydown", "Return")  # held over a frame: ImGui 1.86 misses shorter ones
        window.act("keyup", "Return")
        now = window.wait(lambda now: now["refused"], "the sentence", 20)
        self.assertIn("smaller β", now["refused"])
        window.press("Escape")
        window.press("End")
        window.wait(lambda now: now["t"][0] == 100 and now["broken"] == {}, "the end of the old schedule", 20)

    def test_the_command_line_says_what_cannot_be(self):
        refused = [(2, "smaller β", "--set", "T=10000", "--set", "lane1.schedule.beta_end=0.9"),
                   (1, "cannot be written", "--frame-log", str(self.folder / "no" / "log"))]
        for status, part, *arguments in refused:
            done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=300)
            self.assertEqual(done.returncode, status)
            self.assertIn(part, done.stderr)


def start_them_all():
    states = list(itertools.product(PANELS, SCHEDULES))
    faults = all_faults(states)
    print(*faults, f"{len(states)} windows started, {len(faults)} faults", sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(start_them_all()) if "--real" in sys.argv else unittest.main()
