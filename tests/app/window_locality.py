"""How far a pixel sees: r is dragged over the answers and their curve, by slider and by keys; t and r are chosen on the map."""

import unittest

from window_driver import WindowTest, eventually

SEEN = [0, 1, 2, 3, 4, 6, 8, 12, 16, 31]


class Locality(WindowTest):
    def open_panel(self, *arguments):
        window = self.open("--set", "panel=locality", "--set", "locality.set=digits", "--set", "lane.schedule=cosine", "--set", "t=500", *arguments)
        return self.computed(window)

    def computed(self, window):
        """Every radius at every t."""
        window.wait(lambda now: now["panel"]["all_looks"] == 160 and now["panel"]["looks"] == 160 and "copied" in now["panel"], "all answers", 200)
        return window

    def radius(self, window, r):
        return window.wait(lambda now: now["panel"]["radius"] == r and "distance" in now["panel"] and "copied" in now["panel"], f"the answer of r = {r}", 60)["panel"]

    def test_r_is_dragged_over_the_curve_and_its_least_is_marked(self):
        window = self.open_panel()
        self.assert_looks_like(window, "locality")
        best = window.now()["panel"]["best"]
        distances = {}
        for i, r in enumerate(SEEN):
            window.click("locality.curve", (i + 0.5) / len(SEEN))
            distances[r] = self.radius(window, r)["distance"]
        self.assertEqual(min(distances, key=distances.get), best)
        self.assertAlmostEqual(min(distances.values()), window.now()["panel"]["best_distance"])
        self.assertGreater(len({round(d, 3) for d in distances.values()}), 8)
        window.drag("locality.curve", 0.05, 0.95, lambda now: now["panel"]["radius"] == 31)
        window.drag("locality.curve", 0.95, 0.15, lambda now: now["panel"]["radius"] == 1)

    def test_who_sees_all_copies_and_who_sees_little_does_not(self):
        window = self.open_panel("--set", "locality.radius=31")
        window.slide(100)
        copied = window.wait(lambda now: now["panel"]["t"] < 200 and "copied" in now["panel"], "little noise", 60)["panel"]["copied"]
        self.assertLess(copied, 1)
        nearest = window.tile("locality.nearest").mean(axis=2)
        eventually(lambda: self.assertLess(abs(window.tile("locality.exact").mean(axis=2) - nearest).mean(), 2))
        window.click("locality.curve", 0.35)
        self.assertGreater(self.radius(window, 3)["copied"], 10)
        self.assertGreater(abs(window.tile("locality.exact").mean(axis=2) - window.tile("locality.nearest").mean(axis=2)).mean(), 2)

    def test_a_thousand_faces_that_a_network_learned_from(self):
        window = self.computed(self.open("--set", "panel=locality", "--set", "locality.set=faces", "--set", "lane.schedule=cosine",
                                         "--set", "locality.radius=31", "--set", "t=100"))
        now = window.wait(lambda now: now["panel"].get("copied", 9) < 1, "a copy", 60)["panel"]
        self.assertEqual(now["known"], 1000)
        self.assertLess(now["best"], 31)

    def test_the_nearest_r_shrinks_with_the_noise(self):
        window = self.open_panel()
        window.slide(850)
        much = window.wait(lambda now: now["panel"]["t"] > 840 and "best" in now["panel"], "much noise", 60)["panel"]["best"]
        window.slide(100)
        little = window.wait(lambda now: now["panel"]["t"] < 200 and "best" in now["panel"], "little noise", 60)["panel"]["best"]
        self.assertGreater(much, little)

    def test_the_map_sets_both(self):
        window = self.open_panel()
        window.click("locality.map", 0.75, 0.25)
        now = window.wait(lambda now: abs(now["t"][0] - 750) < 12, "t under the mouse", 20)
        self.assertEqual(now["panel"]["radius"], SEEN[7])

    def test_the_keyboard_alone(self):
        window = self.open_panel()
        window.press("Tab")
        window.tab_to("locality.radius")
        window.press("Right")
        self.radius(window, 4)
        window.press("Home")
        self.radius(window, 0)
        window.tab_to("locality.anywhere")
        window.press("Return")
        now = window.wait(lambda now: now["settings"].get("locality.anywhere") == 1 and now["panel"].get("known", 600) < 600, "fewer pictures, in all places", 60)
        self.assertEqual(now["panel"]["radius"], 0)

    def test_a_whole_way_is_gone_from_the_same_noise(self):
        window = self.open(
            "--set", "panel=locality", "--set", "locality.set=digits", "--set", "locality.show=generated", "--set", "locality.radius=31", "--set", "t=0")
        panel = window.wait(lambda now: now["panel"].get("t") == 0 and "copied" in now["panel"], "the end of the way", 200)["panel"]
        self.assertLess(panel["copied"], 1)
        window.click("locality.show", 0.25, 0.75)
        window.wait(lambda now: now["settings"].get("locality.show") == 0 and now["panel"]["t"] > 0, "one look", 60)


if __name__ == "__main__":
    unittest.main(verbosity=2)
