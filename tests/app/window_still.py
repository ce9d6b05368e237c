"""While nothing changes nothing is drawn: in each tab no frame, no wake-up of any thread of the program, no system call."""

import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

from window_driver import WindowTest

TABS = ["pictures", "pixel", "noise", "one_step", "score", "training", "discrete", "latents", "guidance", "heart", "measured"]
SECONDS = 10


def wake_ups(pid):
    """How often the threads of a process have given up the processor of their own accord: at each wait for something."""
    count = 0
    for status in pathlib.Path(f"/proc/{pid}/task").glob("*/status"):
        for line in status.read_text().splitlines():
            if line.startswith("voluntary_ctxt_switches"):
                count += int(line.split()[1])
    return count


def work(pid):
    """Processor time that the process has used, in ticks: it grows while a thread computes and wakes nobody."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def system_calls(pids, folder):
    """What each process asked of the system in SECONDS, by strace; None where that may not watch. A call that was under way
    when strace came, or was interrupted when it left, is a thread that waits."""
    watches = [subprocess.Popen(["strace", "-f", "-qq", "-o", folder / str(pid), "-p", str(pid)], stderr=subprocess.DEVNULL)
               for pid in pids]
    time.sleep(SECONDS)
    if any(watch.poll() is not None for watch in watches):
        return None
    for watch in watches:
        watch.terminate()
        watch.wait(30)
    waits = ("<unfinished", "<detached", "resuming interrupted", "strace: ")
    return [[line for line in (folder / str(pid)).read_text().splitlines() if not any(word in line for word in waits)]
            for pid in pids]


class AStillWindow(WindowTest):
    def settle(self, windows):
        """Until everything that the windows were opened for has been computed and drawn."""
        before, since = None, time.time()
        for _ in range(3000):
            now = [(window.now()["frame"], wake_ups(window.process.pid), work(window.process.pid)) for window in windows]
            if now != before:
                before, since = now, time.time()
            elif time.time() - since > 2:
                return
            time.sleep(0.2)
        self.fail(f"the windows never came to rest: {before}")

    def assert_still(self, windows):
        before = [(window.now()["frame"], wake_ups(window.process.pid)) for window in windows]
        time.sleep(SECONDS)
        for (frame, woken), window in zip(before, windows):
            tab = window.now()["tab"]
            self.assertEqual(window.now()["frame"] - frame, 0, f"frames drawn in {SECONDS} s in the tab {tab}")
            self.assertEqual(wake_ups(window.process.pid) - woken, 0, f"wake-ups in {SECONDS} s in the tab {tab}")

    def test_draws_nothing_in_any_tab(self):
        windows = [self.open("--set", f"panel={tab}", "--set", "picture=digit-3") for tab in TABS]  # a small network's
        self.settle(windows)
        try:
            self.assert_still(windows)
        except AssertionError:  # once, a minute after a change, what is on screen is kept in a file
            self.settle(windows)
            self.assert_still(windows)
        if not shutil.which("strace"):
            return
        calls = system_calls([window.process.pid for window in windows], windows[0].path)
        if calls is not None:
            self.assertEqual(calls, [[] for _ in windows], f"system calls in {SECONDS} s, of {TABS}")

    def test_draws_again_when_the_mouse_comes(self):
        window = self.open()
        self.settle([window])
        before = window.now()["frame"]
        window.move(*window.point("slider"))
        self.assertGreater(window.now()["frame"], before)

    def test_what_is_measured_is_drawn_without_rest(self):
        with tempfile.TemporaryDirectory() as folder:
            log = pathlib.Path(folder) / "log"
            window = self.open("--set", "picture=digit-3", "--frame-log", log)
            window.wait(lambda now: not now["computing"], "rest")
            count = len(log.read_text().splitlines())
            window.wait(lambda now: len(log.read_text().splitlines()) > count + 100, "frames that nothing asked for", 20)

    def test_a_caret_blinks_and_nothing_else_does(self):
        window = self.open()
        self.settle([window])
        window.press("ctrl+o")
        window.wait(lambda now: now["typing"], "a field to type into")
        time.sleep(1)
        before = window.now()["frame"]
        time.sleep(4)
        frames = window.now()["frame"] - before
        self.assertGreater(frames, 2)
        self.assertLess(frames, 40)


if __name__ == "__main__":
    unittest.main(verbosity=2)
