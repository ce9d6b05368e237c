#!/usr/bin/python3
"""What a person in front of the window gets of the engine: how long a reverse run of the digits network takes, with
these kernels and with the plain ones, whether frames take longer while a photograph is computed, how often the guesses are
renewed while noise is added, and what the longest frame takes while a large picture is opened.

    xvfb-run -a -s "-screen 0 1920x1080x24" benchmarks/window_frames.py build/release/app/noiseglass

Needs xdotool and Pillow. Plain means NOISEGLASS_KERNELS=portable,direct: SSE2 or the like, no Winograd. The two take turns, so that
what else the machine does meets both; figures are medians. Where Mesa's software renderer stands in for a graphics card it
is kept to one thread: frames are drawn without rest, and with all cores busy at that nothing could be told. While a large
picture is opened it has two, as it would have without being asked."""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[1]
PLAIN = "portable,direct"
RUNS = 5


class Window:
    """The program; with a frame log it draws without rest, and writes what each frame took."""

    def __init__(self, program, picture, threads, kernels="", log=False, renderer="0"):
        self.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(self.folder.name)
        self.frames, self.landmarks = folder / "frames", folder / "landmarks.json"
        self.process = subprocess.Popen(
            [program, *(["--frame-log", self.frames] if log else []), "--landmarks", self.landmarks,
             ROOT / "assets/pictures" / picture],
            env=dict(os.environ, LP_NUM_THREADS=renderer, NOISEGLASS_ASSETS=str(ROOT / "assets"), NOISEGLASS_THREADS=str(threads),
                     NOISEGLASS_KERNELS=kernels), stdout=subprocess.DEVNULL)
        self.wait(lambda now: not now["computing"], "the first preview")
        self.id = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                                 check=True, capture_output=True, text=True).stdout.split()[-1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()

    def wait(self, condition, what):
        end = time.time() + 300
        while time.time() < end:
            if self.process.poll() is not None:
                sys.exit(f"The program ended while waiting for {what}.")
            try:
                now = json.loads(self.landmarks.read_text())
                if condition(now):
                    return now
            except (FileNotFoundError, json.JSONDecodeError):
                pass
            time.sleep(0.02)
        sys.exit(f"Waited too long for {what}.")

    def press(self, key):
        subprocess.run(["xdotool", "windowfocus", self.id, "sleep", "0.1", "key", key], check=True)

    def run_seconds(self):
        """A new run from noise, both lanes: 2 × 25 steps of DDIM. What the worker needed for it."""
        before = self.wait(lambda now: not now["computing"], "rest")["seed"]
        self.press("n")
        self.wait(lambda now: now["seed"] != before and not now["computing"], "new noise")
        self.press("g")
        seconds = self.wait(lambda now: now["view"] == "reverse" and now["run_done"], "the run")["run_seconds"]
        self.press("Escape")
        return seconds

    def processor_seconds(self):
        """Of one core, that the program has used so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def guesses_while_noise_is_added(self):
        """(a second, for a second of one core) of one lane, two being shown."""
        self.press("Home")
        before = self.wait(lambda now: now["t"][0] == 0 and not now["computing"], "the clean picture")["guesses"][0]
        start, used = time.time(), self.processor_seconds()
        self.press("space")
        now = self.wait(lambda now: not now["playing"] and now["t"][0] > 900, "pure noise")
        return (now["guesses"][0] - before) / (time.time() - start), \
            (now["guesses"][0] - before) / (self.processor_seconds() - used)

    def open(self, path):
        self.press("ctrl+o")
        self.wait(lambda now: now["typing"], "the open dialog")
        subprocess.run(["xdotool", "type", "--delay", "20", str(path)], check=True)
        self.wait(lambda now: now["typed"] == str(path), "what was typed")
        self.press("Return")
        self.wait(lambda now: now["picture"] == path.name, "the picture")

    def lines(self, first, last):
        """Of the frames between two times of day: milliseconds it took, computing or not, milliseconds of processor time."""
        for line in self.frames.read_text().splitlines()[:-1]:
            at, took, computing, worked = line.split()
            if first <= float(at) <= last:
                yield float(took), computing == "1", float(worked)

    def frame_times(self, first, last):
        """(milliseconds a frame took, whether the network computed)"""
        return ((took, computing) for took, computing, _ in self.lines(first, last))


def digits(program):
    print(f"Digits, 2 × 25 steps of DDIM in the window, seconds (medians of {RUNS}):")
    plain_one = None
    for threads in (1, 2):
        with Window(program, "digit-3.png", threads) as now, Window(program, "digit-3.png", threads, PLAIN) as plain:
            pairs = [(now.run_seconds(), plain.run_seconds()) for _ in range(RUNS + 1)][1:]  # the first reads weights
        ours, theirs = (statistics.median(column) for column in zip(*pairs))
        plain_one = plain_one or theirs
        print(f"  {threads} thread(s): {ours:.3f}; plain {theirs:.3f}: ratio {ours / theirs:.2f};"
              f" against plain with one thread {ours / plain_one:.2f}", flush=True)


def frames(program):
    print("Photograph at 512, frame time in the window, milliseconds: median and 95th percentile")
    for threads in (1, 2):
        with Window(program, "kitten-on-lawn.jpg", threads, log=True) as window:
            rest, busy = [], []
            for _ in range(3):  # in one and the same view, so that what is drawn is the same
                window.wait(lambda now: not now["computing"], "rest")
                window.press("n")
                window.wait(lambda now: not now["computing"], "new noise")
                start = time.time()
                window.press("g")
                window.wait(lambda now: now["view"] == "reverse" and now["run_done"], "the run")
                middle = time.time()
                time.sleep(4)
                busy += [took for took, computing in window.frame_times(start, middle) if computing]
                rest += [took for took, computing in window.frame_times(middle, time.time()) if not computing]
                window.press("Escape")
        describe = lambda t: f"{statistics.median(t):.1f}, {sorted(t)[int(0.95 * len(t))]:.1f} ({len(t)} frames)"
        print(f"  {threads} thread(s): at rest {describe(rest)}; computing {describe(busy)};"
              f" ratio of medians {statistics.median(busy) / statistics.median(rest):.2f}", flush=True)


def guesses(program):
    print("Photograph at 512, two lanes, while noise is added: guesses of each lane")
    for threads in (1, 2):
        with Window(program, "kitten-on-lawn.jpg", threads) as window:
            by_second, by_core = window.guesses_while_noise_is_added()
        print(f"  {threads} thread(s): {by_second:.1f} a second; {by_core:.1f} for a second of one core (drawing included);"
              f" load {os.getloadavg()[0]:.1f}", flush=True)


def opening(program):
    print("A JPEG of 8192², opened while the kitten is shown: milliseconds of frames, median and longest")
    with tempfile.TemporaryDirectory() as folder, Window(program, "kitten-on-lawn.jpg", 2, log=True,
                                                                renderer="2") as window:
        large = pathlib.Path(folder) / "large.jpg"
        Image.effect_noise((512, 512), 80).resize((8192, 8192)).convert("RGB").save(large, quality=90)
        start = time.time()
        time.sleep(4)
        window.wait(lambda now: not now["computing"], "rest")
        middle = time.time()
        window.open(large)
        time.sleep(4)
        describe = lambda t: f"{statistics.median(t):.1f}, {max(t):.1f} ({len(t)} frames)"
        for name, column in (("as the clock says", 0), ("processor time of the drawing thread", 2)):
            rest = [line[column] for line in window.lines(start, middle)]
            busy = [line[column] for line in window.lines(middle, time.time())]
            print(f"  {name}: before {describe(rest)}; while it opens {describe(busy)}", flush=True)
    print(f"  load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    digits(os.path.abspath(sys.argv[1]))
    frames(os.path.abspath(sys.argv[1]))
    guesses(os.path.abspath(sys.argv[1]))
    opening(os.path.abspath(sys.argv[1]))
