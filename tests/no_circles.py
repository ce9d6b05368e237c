#!/usr/bin/python3
"""No circle between folders: each of core/'s and app/'s can be understood, built and tested with what it stands on, alone.

    tests/no_circles.py [core|app] …      both, if none is named

A folder needs another when one of its files includes one of the other's. A public header (core/include/noiseglass/) counts
as part of the folder that holds the .cpp of its name, or, if there is none, of the folder in ROOMS. The folders are those
directly in core and in app (io, nn … and cli, session …); what is in a folder of theirs counts as theirs.
"""

import collections
import pathlib
import re
import sys

ROOMS = {  # public headers that several .cpp share, or none
    "discrete": "exact", "error": "base", "files": "io", "latent": "exact", "learning": "learning", "model": "nn", "platform": "platform",
    "picture_set": "picture", "point_model": "exact", "progress": "base", "threads": "platform",
}


def sources(folder):
    return sorted(path for path in folder.rglob("*") if path.suffix in (".h", ".cpp"))


def public_room(core, stem):
    """Of a header in core/include/noiseglass/."""
    if stem in ROOMS:
        return ROOMS[stem]
    rooms = {path.relative_to(core).parts[0] for path in core.rglob(f"{stem}.cpp")}
    if len(rooms) != 1:
        sys.exit(f"core/include/noiseglass/{stem}.h has {len(rooms)} .cpp files of its name: say in ROOMS of "
                 "tests/no_circles.py to which folder of core it belongs.")
    return rooms.pop()


def needs_of(part, room_of):
    """Which folders of `part` (core or app) each of them needs, and the first file and line that says so."""
    needs = collections.defaultdict(dict)
    for path in sources(part):
        room = room_of(path.relative_to(part))
        for included in re.findall(r'^#include "([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE):
            other = room_of(pathlib.PurePath(included))
            if other is not None and other != room:
                needs[room].setdefault(other, f"{path.relative_to(part.parent)} includes {included}")
    return needs


def circle(needs):
    """The folders of one circle in order, or nothing."""
    done, path = set(), []

    def visit(room):
        if room in path:
            return path[path.index(room):] + [room]
        if room in done:
            return []
        path.append(room)
        for other in sorted(needs.get(room, ())):
            found = visit(other)
            if found:
                return found
        done.add(path.pop())
        return []

    return next(filter(None, map(visit, sorted(needs))), [])


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    core, app = root / "core", root / "app"

    def core_room(path):
        return public_room(core, path.stem) if "noiseglass" in path.parts else path.parts[0]

    def app_room(path):
        return None if path.parts[0] == "noiseglass" else path.parts[0]  # main.cpp is a room of its own

    failed = False
    for name in sys.argv[1:] or ("core", "app"):
        needs = needs_of(root / name, {"core": core_room, "app": app_room}[name])
        if not needs:
            sys.exit(f"No folder of {name} includes anything of another: has the tree changed?")
        rooms = circle(needs)
        if rooms:
            failed = True
            print(f"The folders of {name}/ stand in a circle:")
        for room, other in zip(rooms, rooms[1:]):
            print(f"  {room} needs {other}: {needs[room][other]}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
