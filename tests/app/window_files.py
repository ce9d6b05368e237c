"""Files that were opened before, and the platform's own dialog: through the desktop's portal, or another program."""

import os
import pathlib
import shutil
import tempfile
import unittest

from PIL import Image

from window_driver import HAS_BUS, WindowTest


class FilesTest(WindowTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.picture = self.folder / "my own.png"
        Image.linear_gradient("L").convert("RGB").save(self.picture)

    def ask_to_open(self, window):
        window.press("ctrl+o")
        window.wait(lambda now: now["dialog"] == "Open a picture" and now["typing"], "the open dialog", 20)

    def opened(self, window, file):
        window.wait(lambda now: now["picture"] == file.name and not now["opening"] and not now["dialog"], f"{file.name}", 30)

    def test_what_was_opened_before_is_offered_the_next_time(self):
        self.with_environment(XDG_CONFIG_HOME=self.folder / "config")
        other = self.folder / "other.png"
        shutil.copy(self.picture, other)
        window = self.open()
        for file in (self.picture, other):
            window.open_path(file)
            self.opened(window, file)
        self.assertEqual(window.now()["recent"], [str(other), str(self.picture)])
        window.close()
        again = self.open()
        self.ask_to_open(again)
        again.click("recent1")
        self.opened(again, self.picture)
        self.assertEqual(again.now()["recent"], [str(self.picture), str(other)])

    def test_a_program_that_asks_for_files_is_used_where_there_is_one(self):
        programs = self.folder / "programs"
        programs.mkdir()
        asks = programs / "zenity"
        asks.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{self.folder}/asked"\necho "{self.picture}"\n')
        asks.chmod(0o755)
        self.with_environment(PATH=f"{programs}:{os.environ['PATH']}", DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere")
        window = self.open()
        self.ask_to_open(window)
        window.wait(lambda now: "browse" in now["places"], "the button", 20)
        window.click("browse")
        self.opened(window, self.picture)
        asked = (self.folder / "asked").read_text().splitlines()
        self.assertEqual(asked[:2], ["--file-selection", "--title=Open a picture"])
        self.assertNotIn("--save", asked)

    @unittest.skipUnless(HAS_BUS, "a session bus for tests needs dbus, python3-dbus and python3-gi")
    def test_the_desktop_is_asked_through_its_portal(self):
        portal = self.start_bus(self.picture)
        window = self.open()
        self.ask_to_open(window)
        window.wait(lambda now: "browse" in now["places"], "the button", 20)
        window.click("browse")
        self.opened(window, self.picture)
        self.assertEqual(portal.stdout.readline().split(), ["open", "Open", "a", "picture"])

    @unittest.skipUnless(HAS_BUS, "a session bus for tests needs dbus, python3-dbus and python3-gi")
    def test_the_desktop_says_where_an_export_goes(self):
        file = self.folder / "plots.csv"
        portal = self.start_bus(file)
        window = self.open("--set", "picture=digit-3")
        window.press("ctrl+e")
        window.wait(lambda now: now["dialog"] == "Export" and now["typing"] and "browse" in now["places"], "the dialog", 20)
        for _ in range(4):  # picture, lanes, filmstrip, wall, plots
            window.press("Down")
        self.assertEqual(window.now()["export"]["what"], "plots")
        window.click("browse")
        window.wait(lambda now: now["export"]["typed"] == str(file) and now["export"]["format"] == "csv", "the answer", 20)
        self.assertEqual(portal.stdout.readline().split(), ["save", "Export", "digit-3-plots.png"])
        window.press("Return")
        window.wait(lambda now: now["export"]["message"] == f"Written: {file}", "the file", 30)
        self.assertTrue(file.read_text().startswith("t,lane1_beta"))


if __name__ == "__main__":
    unittest.main()
