#!/usr/bin/env python3
"""Uses the page as a person would: real mouse, keyboard and touch events in a headless Chromium, without a person's GPU.

    packaging/web/try.py build/packages/noiseglass-*-web [--pictures FOLDER] [--only threads|plain]

Takes Debian's chromium and python3-websocket. With threads: the folder is served without any headers, as plain hosting does, and the
page isolates itself. Plain: the same under a name to which browsers give no service workers, so that there is one thread."""

import argparse
import base64
import contextlib
import functools
import http.server
import json
import math
import pathlib
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.request

import websocket

SIZE = (1280, 800)
PATIENCE = 180  # seconds that a busy machine may take for anything


class Quiet(http.server.SimpleHTTPRequestHandler):
    served = {}  # path: bytes, as they went over the line

    def log_message(self, *_):
        pass

    def copyfile(self, source, out):
        content = source.read()
        Quiet.served[self.path] = len(content)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            out.write(content)


class Browser:
    """Chromium, and one page in it."""

    def __init__(self, size=SIZE, scale=1, touch=False):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.downloads = pathlib.Path(self.folder.name) / "downloads"
        self.process = subprocess.Popen(
            ["chromium", "--headless=new", "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--hide-scrollbars",
             "--no-first-run", "--disable-extensions", "--disable-background-networking", "--disable-component-update", "--mute-audio",
             "--remote-allow-origins=*", "--remote-debugging-port=0", f"--user-data-dir={self.folder.name}/profile",
             "--host-resolver-rules=MAP plain.example 127.0.0.1", f"--window-size={size[0]},{size[1]}", "--lang=en-US", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=open(f"{self.folder.name}/log", "w"))
        port = self.until(self.port, "Chromium to start")
        pages = [p for p in json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/json")) if p["type"] == "page"]
        self.socket = websocket.create_connection(pages[0]["webSocketDebuggerUrl"], timeout=PATIENCE)
        self.asked, self.problems, self.words = 0, [], []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")
        self.ask("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=scale, mobile=False)
        if touch:
            self.ask("Emulation.setTouchEmulationEnabled", enabled=True, maxTouchPoints=5)
        self.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self.downloads), eventsEnabled=False)

    def port(self):
        file = pathlib.Path(self.folder.name) / "profile" / "DevToolsActivePort"
        return file.read_text().split()[0] if file.exists() and file.read_text() else None

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait(20)
        with contextlib.suppress(OSError):
            self.folder.cleanup()

    @staticmethod
    def until(look, what, seconds=PATIENCE):
        end = time.time() + seconds
        while time.time() < end:
            found = look()
            if found:
                return found
            time.sleep(0.1)
        raise AssertionError(f"waited {seconds} s for {what}")

    def ask(self, method, **parameters):
        self.asked += 1
        self.socket.send(json.dumps({"id": self.asked, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == self.asked:
                if "error" in message:
                    raise AssertionError(f"{method}: {message['error']['message']}")
                return message["result"]
            self.note(message)

    def note(self, message):
        what, said = message.get("method"), message.get("params")
        if what == "Runtime.exceptionThrown":
            details = said["exceptionDetails"]
            self.problems.append(details.get("exception", {}).get("description", details["text"]))
        elif what == "Runtime.consoleAPICalled":
            text = " ".join(str(a.get("value", a.get("description"))) for a in said["args"])
            (self.problems if said["type"] in ("error", "assert") else self.words).append(text)
        elif what == "Log.entryAdded" and said["entry"]["level"] == "error":
            self.problems.append(said["entry"]["text"] + " " + said["entry"].get("url", ""))

    def value(self, expression):
        result = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise AssertionError(result["exceptionDetails"].get("exception", {}).get("description", str(result)))
        return result["result"].get("value")

    def picture(self, file):
        file.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"]))


class Program(Browser):
    """The program in the page."""

    def __init__(self, address, arguments=("--fresh",), **settings):
        super().__init__(**settings)
        words = json.dumps(["--landmarks", "/tmp/landmarks.json", *arguments])
        start = f"window.noiseglassArguments = {words};"
        self.ask("Page.addScriptToEvaluateOnNewDocument", source=start)
        self.begun, self.drawn = time.time(), False
        self.ask("Page.navigate", url=address)
        self.wait(lambda now: now["frame"] > 3, "the program to draw")
        self.first_frame, self.drawn = time.time() - self.begun, True

    def now(self):
        self.socket.settimeout(PATIENCE if self.drawn else 5)
        try:
            return json.loads(self.value("window.FS && FS.analyzePath('/tmp/landmarks.json').exists ? FS.readFile('/tmp/landmarks.json', {encoding: 'utf8'}) : 'null'"))
        except (AssertionError, json.JSONDecodeError, websocket.WebSocketTimeoutException):
            return None  # between two pages, where questions get lost, or while it is written
        finally:
            self.socket.settimeout(PATIENCE)

    def wait(self, condition, what, seconds=PATIENCE):
        def look():
            now = self.now()
            return now is not None and condition(now) and now
        try:
            return self.until(look, what, seconds)
        except AssertionError as problem:
            now = {key: value for key, value in (self.now() or {}).items() if key != "places"}
            raise AssertionError(f"{problem}; it says {now}; the page: {self.problems} {self.words[-5:]}") from None

    def settle(self, frames=4):
        begin = self.now()["frame"]
        end = time.time() + 3
        while time.time() < end and self.now()["frame"] < begin + frames:
            time.sleep(0.05)

    def still(self):
        """Until nothing is computed and nothing drawn any more."""
        def look():
            before = self.now()
            time.sleep(0.7)
            now = self.now()
            return before and now and not now["computing"] and before["frame"] == now["frame"]
        self.until(look, "the window to come to rest")

    def point(self, name, x=0.5, y=0.5):
        left, top, right, bottom = self.now()["places"][name]
        return left + (right - left) * x, top + (bottom - top) * y

    def mouse(self, kind, x, y, **more):
        self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, **more)

    def click_at(self, x, y):
        self.mouse("mouseMoved", x, y)
        self.settle(2)
        self.mouse("mousePressed", x, y, button="left", clickCount=1)
        self.settle(2)
        self.mouse("mouseReleased", x, y, button="left", clickCount=1)
        self.settle()

    def click(self, name, x=0.5, y=0.5):
        self.click_at(*self.point(name, x, y))

    def drag(self, name, start, end, steps=10):
        self.mouse("mouseMoved", *self.point(name, start))
        self.settle(2)
        self.mouse("mousePressed", *self.point(name, start), button="left", clickCount=1)
        for i in range(1, steps + 1):
            self.mouse("mouseMoved", *self.point(name, start + (end - start) * i / steps), button="left", buttons=1)
            self.settle(1)
        self.mouse("mouseReleased", *self.point(name, end), button="left", clickCount=1)
        self.settle()

    def key(self, key, code=None, number=0, text="", modifiers=0):
        self.ask("Input.dispatchKeyEvent", type="keyDown", key=key, code=code or key, windowsVirtualKeyCode=number, text=text, modifiers=modifiers)
        self.settle(2)
        self.ask("Input.dispatchKeyEvent", type="keyUp", key=key, code=code or key, windowsVirtualKeyCode=number, modifiers=modifiers)
        self.settle()

    def touch(self, kind, *points):
        self.ask("Input.dispatchTouchEvent", type=kind, touchPoints=[{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)])
        self.settle(2)


class Page(unittest.TestCase):
    """What a person does, on one page after another; each is given anew by what it is served with."""

    threads = True

    def setUp(self):
        self.programs = []

    def open(self, hash="", **options):
        program = Program(f"http://{'localhost' if self.threads else 'plain.example'}:{PORT}/{hash}", **options)
        self.addCleanup(program.close)
        self.addCleanup(lambda: self.assertEqual(program.problems, [], "what the page says of itself"))
        self.assertEqual(program.value("window.crossOriginIsolated"), self.threads)
        return program

    def keep(self, program, name):
        if PICTURES:
            PICTURES.mkdir(parents=True, exist_ok=True)
            program.picture(PICTURES / f"{name}-{'threads' if self.threads else 'plain'}.png")

    def test_a_photograph_and_what_the_network_makes_of_it(self):
        program = self.open()
        program.wait(lambda now: now["guesses"][0] and not now["computing"], "the first guess")
        program.still()
        self.keep(program, "start")

    def test_a_digit_is_noised_denoised_and_drawn(self):
        program = self.open("#s=picture=digit-7")
        program.wait(lambda now: now["picture"] == "Digit 7" and now["guesses"][0], "the digit")
        program.drag("slider", 0.3, 0.7)
        self.assertAlmostEqual(program.now()["t"][0], 700, delta=5)
        program.still()
        self.keep(program, "slider")
        program.click("play_reverse_button")  # Denoise
        program.wait(lambda now: now["run_done"] and now["t"][0] == 0, "all noise to be gone")
        program.still()
        self.assertGreater(program.now()["psnr"][0], 10)
        self.keep(program, "denoised")
        program.click("generate_button")
        program.wait(lambda now: now["playing"] or now["computing"], "something to be drawn")
        program.wait(lambda now: now["run_done"] and not now["playing"], "a picture from noise")
        program.still()
        self.keep(program, "generated")

    def test_a_lesson_is_followed_to_its_end(self):
        program = self.open("#lesson=6")
        count = program.wait(lambda now: now["lesson"] and now["lesson"]["page"] == 0, "the lesson")["lesson"]["pages"]
        for page in range(count):
            now = program.wait(lambda now: now["lesson"]["page"] == page, f"page {page + 1}")
            self.assertEqual(now["lesson"]["mistakes"], [])
            program.still()
            self.keep(program, f"lesson-{page + 1}")
            if page % 2:
                program.key("PageDown", number=34)
            else:
                program.click("lesson.next")
        program.wait(lambda now: now["lesson"] is None, "the end")

    def test_an_export_is_a_download(self):
        program = self.open("#s=picture=digit-7;t=50%25")
        program.wait(lambda now: now["t"][0] == 500 and not now["computing"], "the state of the link")
        program.mouse("mouseMoved", *program.point("lane1.x_t"))
        program.wait(lambda now: "save.lane1.x_t" in now["places"], "its button")
        program.click("save.lane1.x_t")
        program.wait(lambda now: now["dialog"] == "Export" and "export.do" in now["places"], "the dialog")
        program.still()
        self.keep(program, "export")
        program.click("export.do")
        files = program.until(lambda: [f for f in program.downloads.glob("*") if f.suffix == ".png"], "a file in the downloads")
        self.assertEqual(files[0].read_bytes()[:8], b"\x89PNG\r\n\x1a\n")

    def test_a_picture_is_dropped_and_the_page_then_sleeps(self):
        program = self.open()
        file = pathlib.Path(__file__).resolve().parents[2] / "assets" / "pictures" / "rocket.png"
        data = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            program.ask("Input.dispatchDragEvent", type=kind, x=600, y=300, data=data)
        program.wait(lambda now: now["picture"].lower().startswith("rocket"), "the picture that was dropped")
        program.still()
        self.keep(program, "dropped")
        program.ask("Performance.enable")
        worked = lambda: {m["name"]: m["value"] for m in program.ask("Performance.getMetrics")["metrics"]}["ScriptDuration"]
        frame, before = program.now()["frame"], worked()
        time.sleep(5)
        self.assertEqual(program.now()["frame"], frame)
        share = (worked() - before) / 5
        print(f"while it sleeps: {100 * share:.2f} % of a core", end=" ... ")
        self.assertLess(share, 0.01)

    def test_fingers_drag_and_pinch(self):
        program = self.open("#s=picture=digit-7", touch=True, size=(1024, 768))
        program.wait(lambda now: now["picture"] == "Digit 7" and not now["computing"], "the digit")
        program.touch("touchStart", program.point("slider", 0.3))
        for i in range(1, 9):
            program.touch("touchMove", program.point("slider", 0.3 + 0.05 * i))
        program.touch("touchEnd")
        self.assertAlmostEqual(program.now()["t"][0], 700, delta=15)
        x, y = program.point("lane1.x_t")
        program.touch("touchStart", (x - 10, y), (x + 10, y))
        for i in range(1, 6):
            program.touch("touchMove", (x - 10 - 10 * i, y), (x + 10 + 10 * i, y))
        program.touch("touchEnd")
        program.wait(lambda now: now["zoom"] > 1, "the picture to be larger")
        program.still()
        self.keep(program, "tablet")

    def test_what_was_set_is_there_again_and_without_a_network_too(self):
        server = serve()
        address = f"http://{'localhost' if self.threads else 'plain.example'}:{server.server_address[1]}/"
        program = Program(address, arguments=())
        self.addCleanup(program.close)
        program.wait(lambda now: now["tour"] >= 0, "the tour of the first start")
        for _ in range(3):
            program.key("Escape", number=27)
        program.wait(lambda now: now["tour"] < 0, "its end")
        before = program.now()["theme"]
        program.click("theme")
        theme = program.wait(lambda now: now["theme"] != before, "another look")["theme"]
        time.sleep(8)  # until it is stored
        if self.threads:  # there is a service worker
            server.shutdown()
            server.server_close()
        program.drawn = False
        program.ask("Page.navigate", url="about:blank")
        program.ask("Page.navigate", url=address)
        now = program.wait(lambda now: now["frame"] > 3 and now["tour"] < 0, "the program to be there again")
        self.assertEqual(now["theme"], theme)


class Plain(Page):
    threads = False


def serve():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=FOLDER))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main():
    global FOLDER, PORT, PICTURES
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--pictures", type=pathlib.Path, help="keep what was seen there")
    parser.add_argument("--only", choices=("threads", "plain"))
    parser.add_argument("-k", help="only tests with this in their names")
    chosen = parser.parse_args()
    FOLDER, PICTURES = chosen.folder, chosen.pictures
    PORT = serve().server_address[1]
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*{chosen.k}*"] if chosen.k else None
    wanted = [case for name, case in (("threads", Page), ("plain", Plain)) if chosen.only in (None, name)]
    suite = unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in wanted)
    raise SystemExit(not unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful())


if __name__ == "__main__":
    main()
