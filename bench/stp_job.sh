#!/bin/sh
# The main job on the published files, as a user runs it: wall time and peak memory
# of each step, one figure a line.
#   stp_job.sh [COMMAND]     default: the release command
set -eu
cd "$(dirname "$0")/.."
command=$(realpath "${1:-build/release/footprint}")
data=$(realpath "${FOOTPRINT_REAL_DATA:-../shared/data}" 2>/dev/null || true)
if [ ! -d "$data" ]; then
    echo "stp_job: left out, there are no published files (set FOOTPRINT_REAL_DATA)"
    exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# step NAME ARGUMENT...
step() {
    name=$1
    shift
    if [ -x /usr/bin/time ]; then
        (cd "$folder" && /usr/bin/time -o time.txt -f '%e %M' "$command" "$@" -q >out.csv)
        awk -v name="stp job, $name" '{
            printf "%-34s %12.4g %-8s\n", name, $1, "s"
            printf "%-34s %12.4g %-8s\n", name ", peak memory", $2 / 1024, "MiB" }' \
            "$folder/time.txt"
    else
        began=$(date +%s.%N)
        (cd "$folder" && "$command" "$@" -q >out.csv)
        date +%s.%N | awk -v name="stp job, $name" -v began="$began" \
            '{ printf "%-34s %12.4g %-8s\n", name, $1 - began, "s" }'
    fi
}

step init init .
step load load --job stp-2016-19 "$data"
step 'measure run' measure run
step 'rate run' rate run stp-progress-2017
step publish publish
step 'measure show' measure show ae_4h --tier system --on 2022-07-01
step rebuild rebuild
