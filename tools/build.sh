#!/bin/sh
# The other builds, as CTest calls them: `build.sh WHAT`, where WHAT is
#   release, clang, fuzz    must compile
#   clang-unit              unit tests as clang built them
#   tsan                    tests of label `threads` under ThreadSanitizer
set -eu
cd "$(dirname "$0")/.."
jobs=$(nproc)

build() {
    preset=$1
    shift
    cmake --preset "$preset" >/dev/null
    cmake --build --preset "$preset" --parallel "$jobs" "$@"
}

# All checks together must stay well under 25 minutes: what is worth doing only
# when there is time is left out, visibly, after 17.
only_with_time() {
    [ $(($(date +%s) - ${FOOTPRINT_TEST_BEGAN:-0})) -gt 1020 ] || return 0
    [ -n "${FOOTPRINT_TEST_BEGAN:-}" ] || return 0
    echo "skipped: the checks have taken 17 minutes already"
    exit 77
}

case ${1:-} in
release | clang | fuzz) build "$1" ;;
clang-unit)
    only_with_time
    ctest --preset clang --parallel "$jobs"
    ;;
tsan)
    build tsan --target fpt_threads_tests
    # ThreadSanitizer wants its memory where it expects it; not every container
    # lets a program ask for that.
    plainly=
    setarch -R true 2>/dev/null && plainly='setarch -R'
    $plainly ctest --preset tsan --no-tests=error
    ;;
*)
    echo "build.sh release|clang|clang-unit|fuzz|tsan" >&2
    exit 2
    ;;
esac
