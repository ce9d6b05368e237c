"""What fails around the window, and what other programs do to it: displays that go away, clocks that jump, files that are
dropped, copied, cut short and taken away; and what it asks of the system meanwhile."""

import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from unittest import mock

from PIL import Image

import window_driver
from window_driver import PICTURES, TESTS, WindowTest, run

HAS_XLIB = importlib.util.find_spec("Xlib")
HERE = pathlib.Path(__file__).parent


class FaultsTest(WindowTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.with_environment(**{f"XDG_{kind}_HOME": self.folder / kind.lower() for kind in ("STATE", "CONFIG", "CACHE")})
        self.picture = self.folder / "my own.png"
        Image.linear_gradient("L").convert("RGB").save(self.picture)

    def own_display(self):
        there, here = os.pipe()
        server = subprocess.Popen(["Xvfb", "-displayfd", str(here), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
                                  pass_fds=[here], stderr=subprocess.DEVNULL)
        os.close(here)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        with os.fdopen(there) as number:
            return server, ":" + number.readline().strip()

    def ended(self, window):
        """@returns its exit status and what it said"""
        status = window.process.wait(60)
        window.log.seek(0)
        said = window.log.read()
        window.close()
        return status, said

    def expect_kept(self, window):
        status, said = self.ended(window)
        self.assertEqual(status, 1, said)
        self.assertIn("noiseglass: The display went away; the next start goes on where this one ended.\n", said)
        self.assertNotIn("XIO", said)
        again = self.open()
        again.wait(lambda now: now["seed"] == 8, "what was done before", 30)

    def test_a_display_that_goes_away_loses_nothing(self):
        server, name = self.own_display()
        with mock.patch.dict(os.environ, {"DISPLAY": name}):
            window = self.open()
            window.press("n")
            window.wait(lambda now: now["seed"] == 8, "other noise", 20)
        server.kill()
        self.expect_kept(window)

    def test_nor_does_one_that_goes_away_while_something_moves(self):
        server, name = self.own_display()
        with mock.patch.dict(os.environ, {"DISPLAY": name}):
            window = self.open("--set", "panel=score")
            window.press("n")
            window.press("space")
            window.wait(lambda now: now["seed"] == 8 and now["playing"], "it plays", 20)
        server.kill()
        self.expect_kept(window)

    def test_a_window_that_the_server_is_told_to_drop_loses_nothing(self):
        window = self.open()
        window.press("n")
        window.wait(lambda now: now["seed"] == 8, "other noise", 20)
        run("xdotool", "windowkill", window.id)
        self.expect_kept(window)

    def test_a_clock_that_jumps_by_years_moves_nothing(self):
        library = self.folder / "jumping_clock.so"
        run("cc", "-shared", "-fPIC", "-O1", "-o", library, HERE / "jumping_clock.c", "-ldl")
        two = run("env", f"LD_PRELOAD={library}", sys.executable, "-c", "import time; print(time.time(), time.time())").split()
        self.assertGreater(abs(float(two[1]) - float(two[0])), 3e7)
        self.run_through(f'export LD_PRELOAD="{library}"\nexec "{window_driver.PROGRAM}" "$@"')
        window = self.open("--set", "t=0", "--set", "speed=0.25")  # the whole of it in 32 seconds
        self.assertIn(b"jumping_clock", pathlib.Path(f"/proc/{window.process.pid}/maps").read_bytes())
        window.press("space")
        window.wait(lambda now: now["playing"], "it plays", 20)
        began, first, before = time.monotonic(), window.now()["t"][0], 0
        while time.monotonic() < began + 4:
            now = window.now()
            if now:
                self.assertGreaterEqual(now["t"][0], before)
                self.assertLessEqual(now["t"][0] - first, (time.monotonic() - began + 1.5) * 1000 / 32)
                before = now["t"][0]
            time.sleep(0.02)
        self.assertGreater(before - first, 30)
        window.press("space")
        window.open_path(self.picture)
        window.wait(lambda now: now["picture"] == "my own.png" and not now["opening"], "the picture", 30)
        window.save_session(self.folder / "a.noiseglass")

    def run_through(self, script):
        """Windows are opened by this from now on."""
        wrapper = self.folder / "wrapper"
        wrapper.write_text("#!/bin/sh\n" + script + "\n")
        wrapper.chmod(0o755)
        self.addCleanup(setattr, window_driver, "PROGRAM", window_driver.PROGRAM)
        window_driver.PROGRAM = str(wrapper)

    def drag(self, window, *words):
        place = window.point("lane1.x_t")
        done = subprocess.run([sys.executable, HERE / "xdnd_source.py", window.id, *map(str, place), *map(str, words)],
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.strip()

    @unittest.skipUnless(HAS_XLIB, "python3-xlib is not installed")
    def test_what_another_program_drops_is_opened(self):
        window = self.open()
        self.assertEqual(self.drag(window, self.picture), "taken")
        window.wait(lambda now: now["picture"] == "my own.png" and not now["opening"], "the picture", 30)
        other = self.folder / "zweites Bild, 100 %.png"
        Image.new("RGB", (40, 30), "red").save(other)
        self.assertEqual(self.drag(window, "--leave", other), "left")
        self.assertEqual(self.drag(window, other, self.picture), "taken")
        window.wait(lambda now: now["picture"] == other.name and not now["opening"], "the first of two", 30)
        self.assertEqual(self.drag(window, self.folder / "not there.png"), "taken")
        window.wait(lambda now: "not there.png" in now["message"], "the sentence", 30)
        self.assertEqual(self.drag(window, "--die", self.picture), "dead")
        self.assertEqual(self.drag(window, self.folder), "taken")
        window.wait(lambda now: "folder" in now["message"], "the sentence", 30)
        lesson = self.folder / "l.md"
        lesson.write_text("# One\n\nText.\n")
        self.assertEqual(self.drag(window, lesson), "taken")
        window.wait(lambda now: now["lesson"] and now["lesson"]["title"] == "One", "the lesson", 30)

    def test_one_window_copies_and_the_other_pastes(self):
        one, other = self.open("--set", "picture=digit-3", "--set", "t=200"), self.open("--fresh", "--set", "picture=digit-3")
        run("xdotool", "windowraise", one.id, "windowfocus", one.id)
        one.move(*one.point("lane1.x_t"))
        one.press("ctrl+c")
        one.wait(lambda now: now["export"]["message"] == "Copied as a picture: xₜ of lane 1", "the copy", 30)
        run("xdotool", "windowraise", other.id, "windowfocus", other.id)
        other.settle()
        other.press("ctrl+v")
        other.wait(lambda now: now["picture"].startswith("pasted") and not now["opening"], "the picture", 60)
        one.close()  # it goes with what it had on the clipboard
        other.press("ctrl+v")
        other.wait(lambda now: now["export"]["message"] or now["message"], "a sentence", 60)

    def test_files_may_be_cut_short_and_go_while_they_are_shown(self):
        assets = self.folder / "assets"
        assets.mkdir()
        for one in window_driver.ASSETS.iterdir():
            if one.name != "models":
                (assets / one.name).symlink_to(one)
        shutil.copytree(window_driver.ASSETS / "models", assets / "models")
        with mock.patch.object(window_driver, "ASSETS", assets):
            lesson = self.folder / "l.md"
            lesson.write_text("# One\n\nText.\n\n## Two\n\nText.\n")
            window = self.open(self.picture, "--lesson", lesson, "--set", "lane.denoiser=network", "--set", "lane.model=digits", "--set", "t=200")
            window.wait(lambda now: all(now["guesses"]) and not now["computing"], "a guess", 60)
            networks = list((assets / "models").glob("*.safetensors"))
            self.assertGreater(len(networks), 4)
            for path in (self.picture, lesson, *networks):
                path.write_bytes(path.read_bytes()[:1000])
            window.press("n")
            window.wait(lambda now: now["seed"] == 8 and not now["computing"], "other noise", 60)
            self.assertEqual(window.now()["problems"], ["", ""], "what has been read stays")
            for path in (self.picture, lesson, *networks[::2]):
                path.unlink()
            for key in ("m", "Right", "n"):
                window.press(key)
            window.wait(lambda now: now["seed"] == 9 and not now["computing"], "other noise", 60)
            window.save_session(self.folder / "a.noiseglass")  # the picture comes along, though its file is gone
            window.close()
            again = self.open(self.folder / "a.noiseglass")
            again.wait(lambda now: now["seed"] == 9 and not now["opening"], "the session", 30)
            again.wait(lambda now: all("no trained network" in one for one in now["problems"]), "what is wrong with the lanes", 30)

    @unittest.skipUnless(shutil.which("strace"), "there is no strace")
    def test_the_window_speaks_to_nobody_but_its_display(self):
        log = self.folder / "trace"
        self.run_through(f'exec strace -D -f --trace=socket,connect,execve,openat,creat --output="{log}" "{window_driver.PROGRAM}" "$@"')
        self.with_environment(DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere", HOME=self.folder)
        window = self.open("--set", "picture=digit-3")
        window.open_path(self.picture)
        window.wait(lambda now: now["picture"] == "my own.png" and not now["opening"], "the picture", 60)
        window.press("ctrl+c")
        window.wait(lambda now: now["export"]["message"], "the copy", 60)
        window.press("ctrl+v")
        window.settle()
        window.save_session(self.folder / "a.noiseglass")
        own = str(window.path)
        window.close()
        time.sleep(0.5)
        foreign, written, programs = [], [], []
        for line in log.read_text(errors="replace").splitlines():
            if " = -1 E" in line or "resumed" in line:
                continue
            if call := re.search(r"\bsocket\((\w+)", line):
                if call.group(1) not in ("AF_UNIX", "AF_LOCAL"):
                    foreign.append(line)
            elif re.search(r"\bconnect\(", line):
                if not re.search(r'sun_path=@?"(/tmp/\.X11-unix/|/var/run/nscd|/nowhere")', line):
                    foreign.append(line)
            elif re.search(r"\bexecve\(", line):
                programs.append(line)
            elif (call := re.search(r'\b(?:openat|creat)\([^"]*"([^"]*)"', line)) and re.search(r"O_WRONLY|O_RDWR|O_CREAT|creat\(", line):
                if not call.group(1).startswith((str(self.folder), own, "/dev/", "/proc/")):
                    written.append(line)
        self.assertGreater(len(log.read_text(errors="replace").splitlines()), 50)
        self.assertEqual(foreign, [])
        self.assertEqual(written, [])
        self.assertEqual(len(programs), 1, programs)


if __name__ == "__main__":
    unittest.main(verbosity=2)
