"""A scratch copy of a source tree, edited at random, with the commands that index and export it."""
import os
import pathlib
import random
import shutil
import subprocess

from languages import COMMENTS, DEFINITIONS, PROJECT_FILES, SUFFIXES


class Failure(Exception):
    pass


class Codira:
    """The built program, with a model store and caches of its own."""

    def __init__(self, program, scratch, model, precision=None):
        self.program = str(program)
        self.environment = dict(
            os.environ, CODIRA_MODEL_HOME=str(scratch / "models"), XDG_CACHE_HOME=str(scratch / "cache"),
            XDG_CONFIG_HOME=str(scratch / "config"), XDG_DATA_HOME=str(scratch / "data"))
        if model:
            self.run(["model", "install", str(pathlib.Path(model).resolve()), "--name", "campaign"], scratch)
            self.environment["CODIRA_EMBEDDING_MODEL"] = "campaign"

    def run(self, arguments, folder, accept=(0,)):
        done = subprocess.run(
            [self.program, *arguments], cwd=folder, env=self.environment, capture_output=True)
        if done.returncode not in accept:
            raise Failure(f"codira {' '.join(arguments)} ended with {done.returncode}: {done.stderr.decode()}")
        return done.stdout

    def start(self, arguments, folder):
        return subprocess.Popen(
            [self.program, *arguments], cwd=folder, env=self.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def index(self, folder, *options):
        self.run(["index", "--quiet", *options], folder, accept=(0, 4))

    def export(self, folder, *options):
        return self.run(["export", *options], folder, accept=(0, 4))


def copy(source, target):
    """Copies a tree and puts it under git, with two branches."""
    shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns(".git", ".codira", ".build"))
    git(target, "init", "-q", "-b", "main")
    git(target, "config", "user.name", "campaign")
    git(target, "config", "user.email", "campaign@localhost")
    git(target, "add", "-A")
    git(target, "commit", "-qm", "start")
    git(target, "branch", "side")
    return target


def git(folder, *arguments):
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, stdout=subprocess.DEVNULL)


class Editor:
    """Makes the edits that people and tools make; the seed decides which."""

    def __init__(self, folder, seed):
        self.folder = folder
        self.random = random.Random(seed)
        self.count = 0
        self.branch = "main"
        self.edits = [
            getattr(self, name) for name in sorted(dir(self)) if name.startswith("edit_")]

    def edit(self):
        """One edit; says what it was."""
        self.count += 1
        edit = self.random.choice(self.edits)
        return f"{edit.__name__[5:]} {edit() or ''}".strip()

    def files(self):
        found = [
            path for path in self.folder.rglob("*")
            if path.suffix in SUFFIXES and path.is_file() and not path.is_symlink()
            and not {".git", ".codira"} & set(path.relative_to(self.folder).parts)]
        return sorted(found)

    def any_file(self):
        files = self.files()
        if not files:
            path = self.folder / f"again{self.count}.py"
            path.write_bytes(b"def again():\n    return 1\n")
            return path
        return self.random.choice(files)

    def change(self, body):
        """Hands the lines of a file to `body` with a random place among them."""
        path = self.any_file()
        lines = path.read_bytes().splitlines(keepends=True) or [b"\n"]
        body(lines, self.random.randrange(len(lines)))
        path.write_bytes(b"".join(lines))
        return path.name

    def edit_a_line(self):
        return self.change(lambda lines, at: lines.__setitem__(at, lines[at].replace(b"e", b"ee", 1)))

    def edit_insert(self):
        name = f"added_{self.count}"

        path = self.any_file()
        lines = path.read_bytes().splitlines(keepends=True)
        text = DEFINITIONS[path.suffix] if self.random.random() < 0.7 else COMMENTS.get(path.suffix, "// {}\n")
        lines.insert(self.random.randrange(len(lines) + 1), text.format(name).encode())
        path.write_bytes(b"".join(lines))
        return path.name

    def edit_delete(self):
        return self.change(lambda lines, at: lines.__delitem__(slice(at, at + self.random.randint(1, 12))))

    def edit_move(self):
        def body(lines, at):
            block = lines[at:at + 10]
            del lines[at:at + 10]
            place = self.random.randrange(len(lines) + 1)
            lines[place:place] = block
        return self.change(body)

    def edit_duplicate(self):
        return self.change(lambda lines, at: lines.extend(lines[at:at + 15]))

    def edit_reorder(self):
        def body(lines, at):
            blocks, block = [], []
            for line in lines:
                starts = (b"def ", b"class ", b"static ", b"[", b"func ", b"fn ", b"pub ", b"export ", b"# ")
                if line.startswith(starts) and block:
                    blocks.append(block)
                    block = []
                block.append(line)
            blocks.append(block)
            self.random.shuffle(blocks)
            lines[:] = [line for block in blocks for line in block]
        return self.change(body)

    def edit_break(self):
        return self.change(lambda lines, at: lines.insert(at, self.random.choice([b"def (:\n", b"}}}\n", b"'''\n"])))

    def edit_repair(self):
        git(self.folder, "checkout", "-q", "--", ".")

    def edit_line_ends(self):
        def body(lines, at):
            lines[:] = [line.rstrip(b"\r\n") + self.random.choice([b"\n", b"\r\n"]) for line in lines]
        return self.change(body)

    def edit_touch(self):
        path = self.any_file()
        os.utime(path)
        return path.name

    def edit_chmod(self):
        path = self.any_file()
        path.chmod(self.random.choice([0o644, 0o755, 0o600]))
        return path.name

    def edit_rename(self):
        path = self.any_file()
        target = path.with_name(f"renamed{self.count}{path.suffix}")
        path.rename(target)
        return f"{path.name} to {target.name}"

    def edit_remove(self):
        path = self.any_file()
        path.unlink()
        return path.name

    def edit_swap(self):
        one, two = self.any_file(), self.any_file()
        first, second = one.read_bytes(), two.read_bytes()
        one.write_bytes(second)
        two.write_bytes(first)
        return f"{one.name} and {two.name}"

    def edit_same_size_and_time(self):
        path = self.any_file()
        times, text = path.stat(), bytearray(path.read_bytes())
        if text:
            at = self.random.randrange(len(text))
            text[at] = ord("y") if text[at] == ord("x") else ord("x")
            path.write_bytes(text)
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        return path.name

    def edit_symlink(self):
        path = self.any_file()
        path.unlink()
        path.symlink_to("/etc/hostname")
        return path.name

    def edit_folder(self):
        path = self.any_file()
        text = path.read_bytes()
        path.unlink()
        path.mkdir()
        (path / "inner.py").write_bytes(text)
        return path.name

    def edit_package(self):
        """Makes a folder a package, or no longer one: identities of other files depend on it."""
        marks = [path for path in self.files() if path.name == "__init__.py"]
        if marks and self.random.random() < 0.5:
            mark = self.random.choice(marks)
            mark.unlink()
        else:
            mark = self.any_file().parent / "__init__.py"
            mark.touch()
        return str(mark.relative_to(self.folder))

    def edit_project_file(self):
        """Identities of other files depend on what stands in it."""
        found = [path for path in sorted(self.folder.rglob("*")) if path.name in PROJECT_FILES and path.is_file()]
        if not found:
            return "none"
        path = self.random.choice(found)
        text = path.read_bytes()
        path.write_bytes(b"" if self.random.random() < 0.2 else text.replace(b"a", b"b", self.random.randint(1, 5)))
        return str(path.relative_to(self.folder))

    def edit_switch_branch(self):
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-qm", f"step {self.count}", "--allow-empty")
        self.branch = "side" if self.branch == "main" else "main"
        git(self.folder, "checkout", "-qf", self.branch)
        return self.branch

    def edit_ignore(self):
        path = self.folder / self.random.choice([".gitignore", ".codiraignore"])
        path.write_text(self.random.choice(["", "*.h\n", "added*\n!*.py\n", "test*/\n"]))
        return path.name


def difference(left, right):
    """The first lines that only one of two exports has."""
    left, right = left.splitlines(), right.splitlines()
    only = [b"- " + line for line in sorted(set(right) - set(left))[:4]]
    only += [b"+ " + line for line in sorted(set(left) - set(right))[:4]]
    return b"\n".join(line[:500] for line in only).decode(errors="replace") or "the order differs"


def remove(path):
    shutil.rmtree(path, ignore_errors=True)


def root():
    return pathlib.Path(__file__).resolve().parent.parent.parent
