#!/bin/sh
# What reading would catch: layout, length, words, and what the built libraries
# must not hold.
#   lint.sh                  everything, the slow analyses too (./dev lint)
#   lint.sh CHECK [BUILD]    one check, as CTest calls it
# Each check prints what is wrong and ends with 1. LINT_ROOT is another project
# to look at: the checks are themselves checked that way (test/lint).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${LINT_ROOT:-$here/..}"
build=${2:-build/dev}
CC=${CC:-cc}
fast='format length words codes readme banned globals exports layers'

# Tracked files and new ones that nobody ignores, by pattern. Deleted ones do
# not count; no name in the project holds a blank.
files() {
    git ls-files -co --exclude-standard -- "$@" |
        while read -r f; do [ -f "$f" ] && echo "$f"; done || true
}

# Print what is on stdin under a headline, and fail when there is anything.
refuse() {
    found=$(cat)
    [ -z "$found" ] && return 0
    printf '%s\n%s\n' "$1" "$found" >&2
    return 1
}

# grep over the named files that finds nothing without failing.
search() {
    pattern=$1
    shift
    files "$@" | xargs -r grep -nIE -e "$pattern" -- /dev/null || true
}

lint_format() {
    files '*.c' '*.h' | xargs -r clang-format --dry-run -Werror
}

lint_length() {
    long=$(files '*.c' '*.h' '*.js' '*.mjs' '*.css' | xargs -r wc -l |
        awk '$2 != "total" && $1 > 600' | sort -rn)
    printf '%s\n' "$long" | awk 'NF && $1 <= 1000 { print "long: " $0 }'
    printf '%s\n' "$long" | awk '$1 > 1000' | refuse 'More than 1000 lines:'
}

# Brackets keep the patterns from finding themselves.
lint_words() {
    {
        search '\b(TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b' .
        search '/(wor[k]|far[m])/|/bash[_]jobs' .
        search '"resolve[d]": *"http|registr[y][.][a-z]+[.](org|com|io)|_auth[T]oken' .
        search 'de[b][.]debian[.]org|pyp[i][.]org|crate[s][.]io' .
    } | refuse 'Unfinished work, paths of one machine, hosts of registries:'
}

# Areas (E54000005), trusts and systems (RDY, QWO), commissioners (07N),
# practices (A81001): places are data, in packs and tables.
lint_codes() {
    search '"([EWSN][0-9]{8}|[QR][A-Z0-9]{2}|[0-9]{2}[A-Z]|[A-HJ-NPVWY][0-9]{5})"' \
        'src/*.c' 'src/*.h' 'src/*.def' |
        refuse 'Codes of organisations or areas in C:'
}

lint_readme() {
    for list in src/*/CMakeLists.txt; do
        readme=$(dirname "$list")/README.md
        if [ ! -s "$readme" ]; then
            echo "$readme is missing"
        elif [ "$(wc -l <"$readme")" -gt 60 ]; then
            echo "$readme has more than 60 lines"
        fi
    done | refuse 'A module says in half a page what lives there:'
}

# ---- what was built ----

archives() { ls "$build"/src/*/libfpt_*.a; }

# A check of nothing would always pass.
need_build() {
    [ -f "$build/src/base/libfpt_base.a" ] && return 0
    echo "$build: not built" >&2
    return 1
}

# "MODULE FILE.c SYMBOL" for each name that an object wants from elsewhere.
wanted() {
    for archive in $(archives); do
        nm -A -u "$archive" |
            sed -n 's|.*libfpt_\([a-z0-9_]*\)\.a:\(.*\)\.o: *[Uw] \(.*\)|\1 \2 \3|p'
    done
    for object in "$build"/src/cli/CMakeFiles/footprint.dir/*.o; do
        [ -f "$object" ] || continue
        nm -u "$object" | sed -n "s|^ *[Uw] \(.*\)|cli $(basename "$object" .o) \1|p"
    done
}

lint_banned() {
    need_build || return 1
    wanted | sed 's/@.*//' | awk '
        function bad(why) { print "  src/" $1 "/" $2 ": " $3 " (" why ")" }
        $3 ~ /^(strcpy|strcat|sprintf|vsprintf|strtok|atoi|atol|atof|gets|setlocale)$/ {
            bad("banned everywhere"); next }
        $3 ~ /^(rand|srand|random|srandom|drand48)$/ { bad("use fpt/rng.h"); next }
        $3 ~ /^(malloc|calloc|realloc|free|strdup|strndup|aligned_alloc|posix_memalign)$/ &&
            $1 "/" $2 != "base/arena.c" { bad("memory comes from an arena"); next }
        $3 ~ /^(exit|_exit|_Exit|quick_exit|abort|__assert_fail)$/ &&
            $1 "/" $2 != "base/status.c" && $1 "/" $2 != "cli/main.c" {
            bad("only cli/main.c ends the program"); next }
        $1 == "cli" { next }
        $3 ~ /^(printf|vprintf|puts|putchar|putchar_unlocked|stdout)$/ {
            bad("only cli prints"); next }
        $3 == "stderr" && $1 "/" $2 != "base/status.c" { bad("only cli prints"); next }
        $3 ~ /^(time|ctime|gmtime|gmtime_r|localtime|localtime_r|mktime|timegm)$/ {
            bad("today is an argument"); next }
    ' | refuse 'Functions that have no place there:'
}

# Constants that hold pointers are moved once, when the library is loaded, and
# lie in .data.rel.ro; everything else in a writable section is shared state.
lint_globals() {
    need_build || return 1
    for archive in $(archives); do
        objdump -t "$archive" | awk -v archive="$(basename "$archive")" '
            / file format / { object = $1 }
            / (\.data|\.bss|\.tdata|\.tbss|\*COM\*)/ && !/ \.data\.rel\.ro/ {
                if ($0 !~ /^[0-9a-f]+ .....d/) print "  " archive " " object " " $NF }'
    done | refuse 'Writable globals or statics:'
}

lint_exports() {
    library=$build/lib/libfootprint.so
    nm -D --defined-only "$library" | grep -c ' T fpt_' >/dev/null ||
        { echo "$library exports nothing" >&2; return 1; }
    nm -D --defined-only "$library" | awk '$2 != "A" && $NF !~ /^fpt_/' |
        refuse 'Exported without the prefix fpt_:'
}

# An include of a module that is not below must not compile. Which folders a
# module sees was written by CMake; -nostdinc hides an installed Footprint.
lint_layers() {
    order=$(cat "$build/layers/order.txt") || return 1
    for module in $order; do
        flags=$(sed 's/^/-I/' "$build/layers/$module.txt" | tr '\n' ' ')
        seen=
        for other in $order; do
            above=${seen:+yes}
            [ "$other" = "$module" ] && seen=yes && continue
            for header in src/"$other"/include/fpt/*.h; do
                name=fpt/$(basename "$header")
                # shellcheck disable=SC2086
                message=$(echo "#include \"$name\"" |
                    "$CC" -E -x c -nostdinc $flags - 2>&1 >/dev/null || true)
                case $message in
                *"$name: No such file"*) hidden=yes ;;
                *) hidden= ;;
                esac
                [ -z "$above" ] || [ -n "$hidden" ] ||
                    echo "  $module can include $name, which stands above it"
            done
        done
    done | refuse 'The layers leak:'
}

# ---- all, and the slow ones ----

one() { "lint_$1" && echo "$1: clean" >&2; }

case ${1:-all} in
all)
    cmake --preset dev >/dev/null && cmake --build --preset dev >&2
    failed=
    for check in $fast; do one "$check" || failed="$failed $check"; done
    sh "$here/analyse.sh" "$build" || failed="$failed analyses"
    [ -z "$failed" ] || { echo "Not clean:$failed" >&2; exit 1; }
    ;;
names) echo "$fast" ;;
*) one "$1" ;;
esac
