#!/usr/bin/env bash
. ./lib.sh

main() {
  [ $# -gt 0 ] || fail "nobody to greet"
  for name in "$@"; do greet "$name"; done
}

main "$@"
