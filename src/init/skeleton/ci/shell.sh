#!/bin/sh
# Checks, builds and publishes the {work}, wherever a shell runs. Let your CI say
# `sh .ci/trainboard.sh` and one of:
#
#   check    for each change; warnings fail, too
#   publish  after each push, and every day soon after midnight, UTC
#   due      every day, after that; fails if a release is due that nobody has
#            recorded
#
# Between two changes of the schedule the {work} stays the same, byte for byte.
# The environment says where it goes:
#
#   PUBLISH_TO    a folder, by its whole path; on a quiet day it stays as it is
#   PUBLISH_WITH  or a command, which gets the folder of the finished {work} as
#                 its last argument, such as `scripts/upload`
{site}#
# trainboard {trainboard} comes from crates.io, if it is not on this machine. As long
# as it is not there, give TRAINBOARD_GIT the address of its git repository.
set -eu
cd "$(dirname "$0")/.."{folder}

install() {
  PATH="$PATH:${CARGO_INSTALL_ROOT:-${CARGO_HOME:-${HOME:-}/.cargo}}/bin"
  {install}
}

build() {
  {build}
}

publish() {
  if [ -n "${PUBLISH_TO:-}" ]; then
    OUT="$PUBLISH_TO"
    build
  else
    with="${PUBLISH_WITH:?say where to: PUBLISH_TO or PUBLISH_WITH}"
    build
    sh -c "$with \"\$1\"" publish "$OUT"
  fi
}

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
OUT="$work/public"

install
case "${1:-}" in
  check)
    trainboard check --strict
    build
    ;;
  publish) publish ;;
  due) trainboard check --due ;;
  *)
    echo "usage: sh $0 check|publish|due" >&2
    exit 2
    ;;
esac
