#!/usr/bin/env python3
"""What the program asks of the system, as strace has it: no connection to anywhere, and no file but its own assets, the
system's libraries and typefaces, what was named, and the folders where it keeps what it remembers."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

program = sys.argv[1]
root = Path(__file__).resolve().parents[2]
data = root / "tests" / "data"
SYSTEM = ("/usr/", "/lib", "/etc/", "/proc/", "/sys/", "/dev/", "/var/cache/fontconfig", "/opt/")


def trace(folder, arguments):
    """The paths that were opened successfully as (path, whether to be written), and the sockets."""
    log = folder / "trace"
    home = folder / "home"
    home.mkdir(exist_ok=True)
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "NOISEGLASS_ASSETS": str(root / "assets"), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["strace", "--follow-forks", "--decode-fds=path", "--trace=openat,open,creat,socket,connect,execve,rename,renameat2,unlink,linkat",
         "--output", str(log), program, *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    opened, sockets, programs = set(), [], []
    for line in log.read_text(errors="replace").splitlines():
        call = re.search(r"\b(openat|open|creat|socket|connect|execve|rename\w*|unlink|linkat)\((.*)", line)
        if not call or re.search(r"= -1 E", line):
            continue
        name, rest = call.groups()
        if name in ("socket", "connect"):
            sockets.append(line)
        elif name == "execve":
            programs.append(line)
        elif name in ("openat", "open", "creat"):
            path = re.search(r'"([^"]*)"', rest).group(1)
            opened.add((os.path.normpath(folder / path), bool(re.search(r"O_WRONLY|O_RDWR|O_CREAT", rest))))
    return done, opened, sockets, programs[1:], home


def check(name, arguments, named, prepare=lambda folder: None, succeeds=True):
    with tempfile.TemporaryDirectory(prefix="noiseglass-sandbox-") as place:
        folder = Path(place).resolve()
        prepare(folder)
        done, opened, sockets, programs, home = trace(folder, arguments)
        problems = []
        if succeeds and done.returncode != 0:
            problems.append(f"ended with {done.returncode}: {done.stderr}")
        if sockets:
            problems.append(f"asked for a connection: {sockets[0]}")
        if programs:
            problems.append(f"started another program: {programs[0]}")
        files = {str(folder / one) for one in named} | {str(one) for one in named if os.path.isabs(one)}
        for path, written in opened:
            own = path.startswith((str(root / "assets"), str(home))) or path in files or path == str(folder)
            if not (own or (not written and path.startswith(SYSTEM)) or (written and path.startswith(("/dev/", "/proc/")))):
                problems.append(f"opened {path}" + (" to write to it" if written else ""))
        print(f"{name}: {len(opened)} files, {len(sockets)} sockets" + "".join(f"\n    {one}" for one in problems))
        return not problems


def session(folder):
    """Names a picture elsewhere, and hides a path in the name of the one that comes with it."""
    (folder / "s.noiseglass").write_text(
        '{"noiseglass session": 1, "state": ["t = 400"], "picture": {"name": "../../../../../tmp/noiseglass-escape.png",'
        ' "sha256": "", "bytes": "iVBORw0KGgo="}}')


def lesson(folder):
    (folder / "l.md").write_text("# A lesson\n\n![x](/etc/hostname)\n\n```state\nt = 10\n```\n")


if not shutil.which("strace"):
    print("skipped: there is no strace")
    sys.exit(77)
picture = str(data / "pictures" / "rgb.png")
network = str(data / "nn" / "unet_pixel.safetensors")
good = [
    check("corrupt", ["corrupt", picture, "--t", "500", "--out", "out.png"], [picture, "out.png"]),
    check("schedule", ["schedule", "cosine"], []),
    check("models", ["models"], []),
    check("reverse", ["reverse", picture, "--model", network, "--from", "500", "--sample-steps", "2", "--out", "out.png"],
          [picture, network, "out.png"]),
    check("a session's picture", ["export", "s.noiseglass", "--what", "tile", "--out", "out.png"], ["s.noiseglass", "out.png"], session,
          succeeds=False),
    check("a picture in a lesson", ["export", "--what", "worksheet", "--lesson", "l.md", "--out", "out.pdf"], ["l.md", "out.pdf"], lesson,
          succeeds=False),
]
assert not Path("/tmp/noiseglass-escape.png").exists()
sys.exit(0 if all(good) else 1)
