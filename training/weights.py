"""Safetensors by hand: 8 bytes of header length, a JSON header, the raw tensors."""
import json
import os
import struct

import numpy as np

NAMES = {"F16": np.float16, "F32": np.float32}


def save(path, tensors, metadata):
    """Writes {name: array} atomically; the metadata values must be strings."""
    tag = {np.dtype(kind): name for name, kind in NAMES.items()}
    arrays = {name: np.ascontiguousarray(a) for name, a in tensors.items()}
    order = sorted(arrays, key=lambda name: (-arrays[name].itemsize, name))  # wide types first: all stay aligned
    header, at = {"__metadata__": metadata}, 0
    for name in order:
        a = arrays[name]
        header[name] = {"dtype": tag[a.dtype], "shape": list(a.shape), "data_offsets": [at, at + a.nbytes]}
        at += a.nbytes
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    part = f"{path}.part"
    with open(part, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text)
        for name in order:
            f.write(arrays[name].tobytes())
    os.replace(part, path)


def load(path):
    """({name: array}, metadata) of a safetensors file."""
    with open(path, "rb") as f:
        data = f.read()
    length, = struct.unpack_from("<Q", data)
    header = json.loads(data[8:8 + length])
    metadata, tensors = header.pop("__metadata__", {}), {}
    for name, entry in header.items():
        begin, end = (8 + length + at for at in entry["data_offsets"])
        tensors[name] = np.frombuffer(data[begin:end], NAMES[entry["dtype"]]).reshape(entry["shape"]).copy()
    return tensors, metadata
