"""Published packages that texts are taken from, downloaded once by their versions."""

import pathlib
import subprocess
import sys
import zipfile

from peers.environment import WORK

PACKAGES = ("requests==2.32.3", "flask==3.0.3", "django==4.2.16", "sympy==1.13.3")


def archives(packages=PACKAGES):
    """The wheels of the packages."""
    folder = WORK / "packages"
    folder.mkdir(parents=True, exist_ok=True)
    missing = [package for package in packages if not found(folder, package)]
    if missing:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "-d", folder,
             *missing],
            check=True)
    return [found(folder, package) for package in packages]


def found(folder, package):
    start = package.replace("==", "-").lower() + "-"
    return next((path for path in folder.glob("*.whl") if path.name.lower().startswith(start)), None)


def sources(packages=PACKAGES):
    """The bytes of every Python file."""
    for archive in archives(packages):
        with zipfile.ZipFile(archive) as files:
            for name in sorted(files.namelist()):
                if name.endswith(".py"):
                    yield files.read(name)


def unpacked(package):
    """The folder of the package's own sources."""
    name = package.split("==")[0]
    target = WORK / "packages" / name
    if not target.exists():
        with zipfile.ZipFile(archives((package,))[0]) as files:
            files.extractall(target, [entry for entry in files.namelist() if entry.startswith(f"{name}/")])
    return pathlib.Path(target)
