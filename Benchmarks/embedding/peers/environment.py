"""The virtual environment that the peers are installed in."""

import hashlib
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
WORK = HERE.parent.parent / "work" / "embedding"


def enter():
    """Runs this program again inside the environment, which is made first where it is missing or out of date."""
    folder = WORK / "environment"
    if pathlib.Path(sys.prefix) == folder:
        return
    requirements = HERE / "requirements.txt"
    mark, digest = folder / "installed", hashlib.sha256(requirements.read_bytes()).hexdigest()
    python = folder / "bin" / "python"
    if not mark.exists() or mark.read_text() != digest:
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", requirements], check=True)
        mark.write_text(digest)
    os.execv(python, [str(python), *sys.argv])
