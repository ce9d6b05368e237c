"""What every script here needs first: PyTorch, the folders, the recipe of a model."""
import hashlib
import json
import os
import re
import sys
from pathlib import Path

try:
    import numpy  # noqa: F401
    import torch  # noqa: F401
    from PIL import Image  # noqa: F401
except ImportError as missing:
    sys.exit(f"{sys.executable} cannot import {missing.name}: install python3-torch, python3-numpy, python3-pil "
             "and libopenblas0-pthread (Debian's names), and run this with /usr/bin/python3.")

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MODELS = ROOT / "assets" / "models"


def cache(*parts):
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base, "noiseglass", *parts)


def read_recipe(name):
    """The recipe training/models/NAME.json (or a path to one), with the SHA-256 of its bytes."""
    path = Path(name) if str(name).endswith(".json") else HERE / "models" / f"{name}.json"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in (HERE / "models").glob("*.json")))
        sys.exit(f"there is no model called {name}; the recipes are: {known}")
    text = path.read_bytes()
    recipe = json.loads(text)
    recipe["sha256"] = hashlib.sha256(text).hexdigest()
    return recipe


def write_json(path, value):
    """JSON to read by eye too: lists of numbers on one line, of six digits; the file whole or not at all."""
    row = lambda found: "[" + ", ".join(f"{float(number):.6g}" for number in found[1].split(",")) + "]"
    text = re.sub(r"\[\n\s+([-+.\de,\s]+?)\n\s+\]", row, json.dumps(value, ensure_ascii=False, indent=1))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(text + "\n")
    part.replace(path)
