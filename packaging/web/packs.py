#!/usr/bin/env python3
"""packs.py ASSETS BUILT FOLDER: what the page fetches, for scripts/package web. Prints how many bytes it takes to start.

FOLDER/noiseglass.js.bin and FOLDER/noiseglass.wasm.bin are the program and FOLDER/first.bin the assets that its first picture takes, all
compressed; the other assets lie in FOLDER/assets, each to be fetched when it is read. page.js says how first.bin is laid out."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

FIRST = ("equations/", "fonts/Inter-", "judges/", "lessons/", "measurements/", "models/", "pictures/pictures.json",
         "pictures/kitten-on-lawn.jpg", "text/", "words/")


def beginning(name: str, content: bytes) -> bytes:
    """The part of a file that is there from the start."""
    if name.endswith(".safetensors"):
        return content[:8 + int.from_bytes(content[:8], "little")]
    small = len(content) < 40_000 and not name.endswith((".png", ".jpg"))
    translated = name.startswith("lessons/") and name.count("/") > 1
    return content if name.startswith(FIRST) and not translated and (small or not name.startswith("measurements/")) else b""


def main() -> None:
    assets, built, folder = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    listed, contents = [], []
    for file in sorted(p for p in assets.rglob("*") if p.is_file() and p.suffix not in (".pot", ".po~")):
        name, content = str(file.relative_to(assets)), file.read_bytes()
        here = beginning(name, content)
        listed.append([name, len(here), len(content)])
        contents.append(here)
        if len(here) < len(content):
            place = folder / "assets" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place)
    pack = json.dumps(listed, separators=(",", ":")).encode() + b"\n" + b"".join(contents)
    to_start = 0
    names = {"first.bin": pack, **{f"noiseglass.{kind}.bin": (built / f"noiseglass.{kind}").read_bytes() for kind in ("js", "wasm")}}
    for name, content in names.items():
        plain = folder / name
        plain.write_bytes(content)
        subprocess.run(["zopfli", "--i5", plain], check=True)  # as gzip does, a few per cent smaller
        Path(f"{plain}.gz").replace(plain)
        to_start += plain.stat().st_size
    print(to_start)


main()
