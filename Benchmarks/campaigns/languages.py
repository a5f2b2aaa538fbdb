"""What the law campaign writes in each language."""

# A line that says nothing; `// …` in all others.
COMMENTS = {
    ".py": "# {}\n", ".ini": "; {}\n", ".cfg": "# {}\n", ".sh": "# {}\n", ".md": "<!-- {} -->\n", ".rst": ".. {}\n",
}

# A definition of a name, by suffix.
DEFINITIONS = {
    ".py": "\n\ndef {}(x):\n    return len(x)\n",
    ".c": "\nint {}(int x) {{ return x; }}\n",
    ".h": "\nint {}(int x);\n",
    ".cc": "\nnamespace inner {{ int {}(int x) {{ return x; }} }}\n",
    ".cpp": "\nint {}(int x) {{ return x; }}\n",
    ".go": "\nfunc {}(x int) int {{ return x }}\n",
    ".rs": "\nfn {}(x: i32) -> i32 {{ x }}\n",
    ".java": "\n  int {}(int x) {{ return x; }}\n",
    ".ts": "\nexport function {}(x: number): number {{ return x }}\n",
    ".tsx": "\nexport const {} = (x: number) => <b>{{x}}</b>\n",
    ".js": "\nfunction {}(x) {{ return x }}\n",
    ".sh": "\n{}() {{ echo \"$1\"; }}\n",
    ".ini": "\n[{}]\nkey = value\n",
    ".cfg": "\n[{}]\nkey = value\n",
    ".json": "",
    ".md": "\n# {}\n\nwords\n",
    ".rst": "\n{}\n====================\n\nwords\n",
    ".txt": "\n{}\n",
}
SUFFIXES = tuple(DEFINITIONS)
PROJECT_FILES = ("go.mod", "Cargo.toml", "package.json", "tsconfig.json", "conftest.py")


class Elsewhere:
    """A reference in one file, and the definition in another that it waits for."""

    def __init__(self, suffix, here, there, definition, name="law_target", folder="law"):
        self.here, self.there = f"{folder}/law_here{suffix}", f"{folder}/law_there{suffix}"
        self.name, self.texts = name, (here, there, there + definition)


ELSEWHERE = [
    Elsewhere(".py", "from law_there import law_target\ndef law_caller():\n    law_target()\n",
              "def law_other(): pass\n", "def law_target(): pass\n"),
    Elsewhere(".c", "void law_caller(void) { law_target(); }\n", "int law_other;\n", "void law_target(void) {}\n"),
    Elsewhere(".cpp", "void law_caller() { law::law_target(); }\n", "int law_other;\n",
              "namespace law { void law_target() {} }\n", folder="law_cpp"),
    Elsewhere(".go", "package law\nfunc caller() { law_target() }\n", "package law\n", "func law_target() {}\n"),
    Elsewhere(".java", "package law;\nclass law_here { void call(law_there x) { x.law_target(); } }\n",
              "package law;\n", "class law_there { void law_target() {} }\n"),
    Elsewhere(".ts", 'import { law_target } from "./law_there"\nexport function caller() { law_target() }\n',
              "export const other = 1\n", "export function law_target() {}\n"),
    Elsewhere(".js", 'import { law_target } from "./law_there"\nexport function caller() { law_target() }\n',
              "export const other = 1\n", "export function law_target() {}\n", folder="law_js"),
    Elsewhere(".rs", "fn caller() { super::law_there::law_target(); }\n", "pub fn other() {}\n",
              "pub fn law_target() {}\n"),
    Elsewhere(".sh", ". ./law_there.sh\ncaller() { law_target; }\n", "other() { :; }\n", "law_target() { :; }\n"),
]
