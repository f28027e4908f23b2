#!/bin/sh
# Run the fuzz targets on their seeds and on what earlier runs found, with the
# words of fuzz/dictionaries where a target has some.
#   fuzz.sh [SECONDS] [TARGET]   each target, or one, for so long (default 60)
#   fuzz.sh smoke TARGET         three seconds of a target that is built, as
#                                CTest calls it; what is found is not kept
# New inputs go to build/fuzz/corpus, those that break something to
# build/fuzz/crashes: make each of them a unit test.
set -eu
cd "$(dirname "$0")/.."
build=build/fuzz

# fuzz TARGET SECONDS CORPUS
fuzz() {
    program=$build/fuzz/$1 seeds=fuzz/seeds/$1
    if [ ! -x "$program" ]; then
        echo "$program is not there: fuzz/CMakeLists.txt must name fuzz/$1.c" >&2
        return 1
    fi
    mkdir -p "$3" "$seeds" "$build/crashes"
    log=$build/$1.log words=
    [ ! -f "fuzz/dictionaries/$1.dict" ] || words=-dict=fuzz/dictionaries/$1.dict
    if ! "$program" -max_total_time="$2" -timeout=20 -rss_limit_mb=4096 \
        -print_final_stats=1 -artifact_prefix="$build/crashes/$1-" \
        ${words:+"$words"} "$3" "$seeds" >"$log" 2>&1; then
        cat "$log"
        echo "$1: broken; the input lies in $build/crashes" >&2
        return 1
    fi
    awk -v name="$1" '/number_of_executed_units/ { runs = $2 }
        /average_exec_per_sec/ { speed = $2 }
        END { if (!runs) exit 1
              printf "%-24s %10d runs %8d a second\n", name, runs, speed }' "$log"
}

if [ "${1:-}" = smoke ]; then
    kept=$(mktemp -d)
    trap 'rm -rf "$kept"' EXIT
    fuzz "$2" 3 "$kept"
    exit
fi

[ -f $build/build.ninja ] || cmake --preset fuzz >&2
cmake --build --preset fuzz --parallel "$(nproc)" >&2
failed=
for source in fuzz/fuzz_*.c; do
    name=$(basename "$source" .c)
    [ "${2:-$name}" = "$name" ] || [ "fuzz_$2" = "$name" ] || continue
    fuzz "$name" "${1:-60}" "$build/corpus/$name" || failed="$failed $name"
done
[ -z "$failed" ] || { echo "Broken:$failed" >&2; exit 1; }
