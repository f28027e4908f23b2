#!/bin/sh
# Run the benchmarks of the release build, or those whose name has NAME in it.
set -eu
cd "$(dirname "$0")/.."
ran=
for program in build/release/bench/bench_*; do
    name=${program##*/bench_}
    [ -f "$program" ] && [ -x "$program" ] || continue
    case $name in *"${1:-}"*) ;; *) continue ;; esac
    echo "# $name"
    "$program" build/release/footprint
    ran=yes
done
case stp_job in
*"${1:-}"*)
    echo "# stp_job"
    sh bench/stp_job.sh
    ran=yes
    ;;
esac
[ -n "$ran" ] || { echo "bench: no benchmark has \"${1:-}\" in its name" >&2; exit 2; }
