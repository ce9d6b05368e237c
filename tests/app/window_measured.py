"""The panel "Measured", as a person uses it. See window_driver.py."""

import json
import unittest

import numpy as np

from window_driver import ASSETS, PICTURES, WindowTest, eventually

TABLES = sorted(path for path in (ASSETS / "measurements").glob("*.json") if "rows" in json.loads(path.read_text()))
TABLE = json.loads((ASSETS / "measurements" / "digits.json").read_text())


class Measured(WindowTest):
    def open_panel(self, **options):
        window = self.open(PICTURES / "digit-3.png", **options)
        window.tab("measured")
        window.wait(lambda now: "measured.cosine" in now["places"], "the panel", 30)
        return window

    def test_shows_every_row_of_the_table(self):
        window = self.open_panel()
        places = window.now()["places"]
        for row in TABLE["rows"]:
            self.assertIn(f"measured.{row['schedule']}.{row['sampler']}.{row['steps']}", places)
        self.assert_looks_like(window, "measured")

    def test_each_network_has_a_table(self):
        for index, path in enumerate(TABLES):
            window = self.open("--set", "panel=measured", "--set", f"measured.model={index}")
            rows = json.loads(path.read_text())["rows"]
            names = [f"measured.{row['schedule']}.{row['sampler']}.{row['steps']}" for row in rows]
            window.wait(lambda now: all(name in now["places"] for name in names), f"every row of {path.name}")
            window.close()

    def test_another_figure_is_another_colour(self):
        window = self.open_panel()
        worst = max(TABLE["rows"], key=lambda row: row["frechet"])
        cell = f"measured.{worst['schedule']}.{worst['sampler']}.{worst['steps']}"
        before = window.tile(cell).mean()
        window.click("measured.figure")
        left, _, right, bottom = window.place("measured.figure")
        window.click_at((left + right) / 2, bottom + 40)  # the second line of the list
        window.wait(lambda now: now["settings"].get("measured.figure", 0) > 0, "another figure", 20)
        eventually(lambda: self.assertGreater(np.abs(window.tile(cell).mean() - before), 1))

    def test_a_cell_can_be_seen_to_happen(self):
        window = self.open_panel()
        window.click("measured.linear.ddim.5")
        now = window.wait(lambda now: now["tab"] == "pictures" and now["run_done"], "the run", 120)
        self.assertEqual(now["view"], "reverse")
        eventually(lambda: self.assertGreater((window.tile("lane1.x_t").mean(axis=2) > 150).mean(), 0.02))


if __name__ == "__main__":
    unittest.main(verbosity=2)
