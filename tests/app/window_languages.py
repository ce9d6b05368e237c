"""The window speaks the language of the system, or the one that a person chooses; ids, sessions and messages stay as they are."""

import tempfile
import unittest

from window_driver import WindowTest


class LanguagesTest(WindowTest):
    def in_language(self, window, code):
        window.wait(lambda now: now["language"] == code, f"the language {code}", 20)

    def test_the_system_is_followed_until_a_language_is_chosen(self):
        with tempfile.TemporaryDirectory() as config:
            self.with_environment(LC_ALL="de_DE.UTF-8", XDG_CONFIG_HOME=config)
            window = self.open()
            self.in_language(window, "de")
            window.press("F1")
            window.wait(lambda now: now["dialog"] == "Help" and "help.language" in now["places"], "help", 20)
            window.settle()
            window.click("help.language", 0.97)  # the last: español
            self.in_language(window, "es")
            window.settle()
            window.click("help.language", 0.4)
            self.in_language(window, "en")
            window.settle()
            window.press("Escape")
            window.close()
            self.in_language(self.open(), "en")

    def test_a_lesson_goes_on_in_the_other_language_where_it_was(self):
        window = self.open("--language", "es", "--lesson", "2")
        window.press("Next")  # Page Down
        window.wait(lambda now: now["lesson"]["page"] == 1, "the second page", 20)
        spanish = window.now()["lesson"]["title"]
        window.press("F1")
        window.wait(lambda now: now["dialog"] == "Help" and "help.language" in now["places"], "help", 20)
        window.settle()
        window.click("help.language", 0.4)
        self.in_language(window, "en")
        window.wait(lambda now: now["lesson"]["title"] != spanish, "the lesson in English", 20)
        self.assertEqual(window.now()["lesson"]["page"], 1)

    def test_every_tab_opens_by_its_place_in_german(self):
        window = self.open("--language", "de", size=(1920, 1080))
        for tab in ("pixel", "noise", "score", "discrete", "pictures"):
            window.tab(tab)
            window.wait(lambda now: now["tab"] == tab, f"the tab {tab}", 20)
        self.assertEqual(window.now()["broken"], {})


if __name__ == "__main__":
    unittest.main(verbosity=2)
