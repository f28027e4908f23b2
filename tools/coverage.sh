#!/bin/sh
# Which lines and branches of src the unit tests run, a line a module.
#   coverage.sh              all modules
#   coverage.sh MODULE...    these, with every line that no test runs and every
#                            line of which a branch is never taken
# A branch is each way out of a condition, also those that && and || make. Lines
# with FPT_REQUIRE and FPT_ASSERT, which fail only on a bug, and with FPT_NEVER
# and FPT_ALWAYS have no branches that count.
set -eu
cd "$(dirname "$0")/.."
build=build/coverage
jobs=$(nproc)
cmake --preset coverage >/dev/null
find $build -name '*.gcda' -delete
cmake --build --preset coverage --parallel "$jobs" >&2
find $build -name '*.gcda' -delete # the build runs the command for its manual
ctest --preset coverage --parallel "$jobs" >"$build/ctest.log" || {
    cat "$build/ctest.log"
    exit 1
}

printf '%-12s %8s %8s %10s %10s\n' module lines 'run %' branches 'taken %'
for list in src/*/CMakeLists.txt; do
    module=$(basename "$(dirname "$list")")
    case " ${*:-$module} " in *" $module "*) ;; *) continue ;; esac
    find "$build/src/$module" -name '*.gcda' | sort |
        xargs -r gcov -b -t -r 2>/dev/null |
        awk -v module="$module" -v show=$# '
            / 0:Source:/ { file = $0; sub(/.*Source:/, "", file)
                           ours = index(file, "src/" module "/") && file ~ /\.c$/ }
            !ours { next }
            /^ *[^ ]+: *[0-9]+:/ {
                split($0, part, ":")
                count = part[1]; place = file ":" part[2] + 0
                code = substr($0, length(part[1]) + length(part[2]) + 3)
                broken = code ~ /FPT_(REQUIRE|ASSERT|NEVER|ALWAYS)\(/
                told = 0
                if (count !~ /-$/) lines++
                if (count ~ /#/) { missed++; told = 1; note[++notes] = place ": never run: " code }
                next
            }
            /^branch/ && !broken {
                branches++
                if ($0 !~ /never executed/ && $0 !~ /taken 0%/) { taken++; next }
                if (!told) { told = 1; note[++notes] = place ": a branch is never taken: " code }
            }
            END {
                if (!lines) { printf "%-12s no unit tests\n", module; exit }
                printf "%-12s %8d %8.2f %10d %10.2f\n", module, lines,
                    100 * (lines - missed) / lines, branches,
                    branches ? 100 * taken / branches : 100
                if (show) for (i = 1; i <= notes; i++) print "  " note[i]
            }'
done
