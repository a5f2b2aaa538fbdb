# Says what went wrong, and ends.
fail() {
  echo "$1" >&2
  exit 1
}

greet() { echo "hello $1"; }
