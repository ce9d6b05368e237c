#!/usr/bin/python3
"""What differs from one system to another stands in two rooms, core/platform/ and app/ui/window/systems/: nothing else in
core, app or benchmarks asks which system it runs on, or includes a header that only one family of systems has.

    tests/one_room.py

Processors and compilers may be asked for anywhere: kernels are compiled once for each instruction set.
"""

import pathlib
import re
import sys

ROOMS = ("core/platform/", "app/ui/window/systems/")
ASKS = re.compile(r"^\s*#\s*(?:if|ifdef|ifndef|elif)\b.*\b(_WIN32|_WIN64|WIN32|__MINGW\w*|_MSC_VER|__linux\w*|linux|__unix\w*|__APPLE__|__EMSCRIPTEN__|"
                  r"_POSIX\w*|O_TMPFILE|CLOCK_\w+)\b")
HEADERS = re.compile(r"^\s*#\s*include\s*<((?:windows|shlobj|shellapi|commdlg|io|unistd|fcntl|spawn|poll|dlfcn|termios|pwd|emscripten|pthread)\.h|"
                     r"(?:sys|emscripten|mach-o|pthread|xcb|X11|gio|glib|arpa|netinet)/[^>]*)>")


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    looked, wrong = 0, []
    for part in ("core", "app", "benchmarks"):
        for path in sorted((root / part).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.suffix not in (".h", ".cpp") or name.startswith(ROOMS):
                continue
            looked += 1
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                found = ASKS.match(line) or HEADERS.match(line)
                if found:
                    wrong.append(f"{name}:{number}: {found.group(1)} belongs in {' or '.join(ROOMS)}")
    if looked < 100:
        sys.exit(f"Only {looked} files were found: has the tree changed?")
    print("\n".join(wrong), end="\n" if wrong else "")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
