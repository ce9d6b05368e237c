"""Drives the real window as a person would: mouse and keyboard by xdotool, pixels by screenshot.

What the scripts window_*.py share. Each gets the program's path as its first argument and runs under a virtual display:

    xvfb-run -s "-screen 0 2560x1440x24" python3 window_person.py path/to/noiseglass
"""

import importlib.util
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from unittest import mock

import numpy as np
from PIL import Image

PROGRAM = os.path.abspath(sys.argv.pop(1))
TESTS = pathlib.Path(__file__).resolve().parents[1]
ASSETS = TESTS.parent / "assets"
PICTURES = ASSETS / "pictures"
GOLDEN = TESTS / "golden" / "panels"
HOMES = [f"XDG_{kind}_HOME" for kind in ("STATE", "CONFIG", "CACHE")]
for home in HOMES:  # what whoever runs the tests keeps, such as a size of everything, is none of theirs; a test may set them
    os.environ.pop(home, None)
os.environ["LC_ALL"] = "C.UTF-8"  # what the window says is looked for in English
HAS_BUS = shutil.which("dbus-daemon") and importlib.util.find_spec("dbus") and importlib.util.find_spec("gi")
PATIENCE = 3  # how much slower than the machine that the seconds below were chosen on another may be


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True).stdout


def has_seen_the_tour(config):
    """Whoever starts the program for the first time is shown around, which tests of all else have no use for."""
    file = pathlib.Path(config) / "noiseglass" / "preferences.json"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text('{"toured": true}')


class Window:
    """The program in a window, and what a person can do to it."""

    def __init__(self, *arguments, size=(1280, 800), stdin=None, first_start=False, cwd=None):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)
        self.log = open(self.path / "log", "w+")
        environment = dict(os.environ, NOISEGLASS_ASSETS=str(ASSETS))
        for home in HOMES:  # no session of an earlier test comes back
            environment.setdefault(home, str(self.path))
        if not first_start:
            has_seen_the_tour(environment["XDG_CONFIG_HOME"])
        self.process = subprocess.Popen(
            [PROGRAM, "--window-size", f"{size[0]}x{size[1]}", "--landmarks", self.path / "landmarks.json", *map(str, arguments)],
            stdin=stdin, cwd=cwd, stdout=self.log, stderr=self.log, env=environment)
        self.wait(lambda now: True, "the window to appear", 120)
        self.id = run("xdotool", "search", "--onlyvisible", "--pid", self.process.pid).split()[-1].decode()
        run("xdotool", "windowfocus", self.id)
        self.settle(4)  # what it was started with is there from the second on

    def close(self):
        if self.log.closed:
            return
        self.process.terminate()
        self.process.wait(10)
        self.log.close()
        self.folder.cleanup()

    def now(self):
        """What the program says of itself: places of controls, t, whether it computes."""
        try:
            return json.loads((self.path / "landmarks.json").read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return None

    def act(self, *command, frames=3):
        """What a person does with mouse or keyboard, and the frames that follow: the one under way may miss it, the next
        takes it, the third draws what came of it. ImGui 1.86 has no queue: it sees what is so when a frame begins. What
        changes nothing (a mouse moved to where it is) wakes nobody: then the program goes on sleeping, which is as well."""
        before = self.wait(lambda now: True, "the window")["frame"]
        run("xdotool", *command)
        self.settle(before + frames)

    def settle(self, frame=float("inf")):
        """Until this frame has been drawn, or the window has come to rest."""
        asleep = [0]  # looks in a row that found it so

        def drawn_or_asleep(now):
            asleep[0] = asleep[0] + 1 if self.is_asleep() else 0
            return now["frame"] >= frame or asleep[0] >= 10

        self.wait(drawn_or_asleep, f"frame {frame}, or rest")

    def is_asleep(self):
        """Whether the program's first thread waits for something to happen."""
        return pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "S"

    def wait(self, condition, what, seconds=60):
        end = time.time() + PATIENCE * seconds
        while time.time() < end:
            if self.process.poll() is not None:
                self.log.seek(0)
                raise AssertionError(f"the program ended while waiting for {what}: {self.log.read()}")
            now = self.now()
            if now is not None and condition(now):
                return now
            time.sleep(0.05)
        state = {key: value for key, value in (self.now() or {}).items() if key != "places"}
        raise AssertionError(f"waited {PATIENCE * seconds} s for {what}; state: {state}")

    def place(self, name):
        return self.now()["places"][name]

    def point(self, name, x=0.5, y=0.5):
        left, top, right, bottom = self.place(name)
        return round(left + (right - left) * x), round(top + (bottom - top) * y)

    def move(self, x, y):
        self.act("mousemove", "--window", self.id, x, y)

    def click(self, name, x=0.5, y=0.5):
        self.click_at(*self.point(name, x, y))

    def click_at(self, x, y):
        self.move(round(x), round(y))
        self.act("mousedown", 1)
        self.act("mouseup", 1)
        time.sleep(0.3)  # or two would be a double click

    def drag(self, name, start, end, reached=None):
        """Along a control, by fractions of its width."""
        self.move(*self.point(name, start))
        self.act("mousedown", 1)
        for step in range(1, 6):
            self.move(*self.point(name, start + (end - start) * step / 5))
        if reached is not None:
            self.wait(reached, f"the mouse's effect on {name}", 20)
        self.act("mouseup", 1)

    def slide(self, t):
        """Drags the slider to t (of 1000)."""
        self.drag("slider", self.now()["t"][0] / 1000, t / 1000, lambda now: abs(now["t"][0] - t) <= 3)
        return self.now()["t"][0]

    def press(self, key):
        self.act("key", key)

    def focus(self):
        """Where the ring is that says what has the keyboard; None where there is none."""
        return self.now().get("focus")

    def has_keyboard(self, name):
        """Whether what is called so has it."""
        place, ring = self.now()["places"].get(name), self.focus()
        if not place or not ring:
            return False
        return place[0] - 3 <= (ring[0] + ring[2]) / 2 <= place[2] + 3 and place[1] - 3 <= (ring[1] + ring[3]) / 2 <= place[3] + 3

    def tab_to(self, name, key="Tab", most=80):
        """With the keyboard alone."""
        for _ in range(most):
            if self.has_keyboard(name):
                return
            self.press(key)
        raise AssertionError(f"{name} is not reached by {key}; the keyboard is at {self.focus()}")

    def type(self, text):
        self.act("type", "--delay", "20", text)

    def open_path(self, path, before_return=lambda: None):
        self.press("ctrl+o")
        self.wait(lambda now: now["dialog"] == "Open a picture" and now["typing"], "the open dialog", 20)
        self.type(str(path))
        self.wait(lambda now: now["typed"] == str(path), "what was typed", 20)
        before_return()
        self.press("Return")
        self.wait(lambda now: not now["dialog"] and not now["typing"], "the dialog to be gone", 20)  # it swallows keys until then

    def save_session(self, path):
        """One without a file yet, by the keyboard."""
        self.press("ctrl+s")
        self.wait(lambda now: now["dialog"] == "Save this session" and now["typing"], "the dialog", 20)
        self.press("ctrl+a")
        self.type(str(path))
        self.press("Return")
        self.wait(lambda now: path.is_file() and not now["dialog"], "the session", 30)

    def screenshot(self):
        path = self.path / "screen.png"
        run("import", "-window", self.id, path)
        return np.asarray(Image.open(path).convert("RGB")).astype(int)

    def tab(self, panel):
        """By the mouse: a click on it or, where it is in a group, on that and then on it."""
        if self.now()["tab"] == panel:
            return
        self.click(f"tab.{panel}")
        if self.now()["dialog"]:
            self.click(f"tab.{panel}")
        self.wait(lambda now: now["tab"] == panel, f"the tab {panel}", 20)

    def tile(self, name):
        left, top, right, bottom = (round(v) for v in self.place(name))
        return self.screenshot()[top:bottom, left:right]

    def resize(self, width, height):
        self.act("windowsize", self.id, width, height)
        self.wait(lambda now: now["window"] == [width, height], f"the size {width}×{height}")


def pixels_of_tile(tile, width, height):
    """The picture that a tile shows enlarged: its value at the centre of each pixel's square."""
    rows = ((np.arange(height) + 0.5) * tile.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * tile.shape[1] / width).astype(int)
    return tile[rows][:, columns]


def eventually(check, seconds=20):
    """A busy machine draws late: tries until the check holds, and fails with its own words if it never does."""
    end = time.time() + PATIENCE * seconds
    while True:
        try:
            return check()
        except AssertionError:
            if time.time() > end:
                raise
            time.sleep(0.2)


class WindowTest(unittest.TestCase):
    def open(self, *arguments, **options):
        window = Window(*arguments, **options)
        self.addCleanup(window.close)
        return window

    def with_environment(self, **changes):
        patch = mock.patch.dict(os.environ, {name: str(value) for name, value in changes.items()})
        patch.start()
        self.addCleanup(patch.stop)

    def start_bus(self, answer, *settings):
        """A session bus with a desktop's portal on it: see fake_portal.py."""
        bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True)
        self.addCleanup(bus.wait)
        self.addCleanup(bus.terminate)
        self.with_environment(DBUS_SESSION_BUS_ADDRESS=bus.stdout.readline().strip())
        portal = subprocess.Popen([sys.executable, TESTS / "app" / "fake_portal.py", answer, *settings], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(portal.wait)
        self.addCleanup(portal.terminate)
        self.assertEqual(portal.stdout.readline(), "ready\n")
        return portal

    def assert_looks_like(self, window, name, share=0.97, levels=16, mean=4):
        """The whole window against tests/golden/panels/NAME.png; fonts and drivers may differ a little. Where there is
        none yet, or NOISEGLASS_NEW_GOLDEN is set, it is written: then look at it before it is committed."""
        window.move(2, 2)  # no tooltip, nothing hovered
        golden = GOLDEN / f"{name}.png"
        if os.environ.get("NOISEGLASS_NEW_GOLDEN"):
            golden.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(window.screenshot().astype(np.uint8)).save(golden, optimize=True)
            return
        self.assertTrue(golden.is_file(), f"{golden} is missing: run this test with NOISEGLASS_NEW_GOLDEN=1 and look at it")
        expected = np.asarray(Image.open(golden).convert("RGB")).astype(int)

        def check():
            shown = window.screenshot()
            self.assertEqual(shown.shape, expected.shape)
            difference = np.abs(shown - expected)
            near = (difference.max(axis=2) <= levels).mean()
            seen = pathlib.Path(tempfile.gettempdir()) / f"noiseglass-{name}-seen.png"
            if near < share or difference.mean() > mean:
                Image.fromarray(shown.astype(np.uint8)).save(seen)
            self.assertGreaterEqual(near, share, f"{name}: share of pixels that look alike; what was seen is in {seen}")
            self.assertLessEqual(difference.mean(), mean, f"{name}: mean difference; what was seen is in {seen}")
        eventually(check)
