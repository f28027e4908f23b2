#!/bin/sh
# The slow readers, over what build/dev compiles of src: clang-tidy, gcc's
# analyzer, cppcheck, and shellcheck where it is installed. Any finding fails.
#   analyse.sh [BUILD] [FILE.c ...]
set -eu
cd "$(dirname "$0")/.."
build=${1:-build/dev}
[ $# -eq 0 ] || shift
sources=${*:-$(git ls-files 'src/*.c')}
jobs=$(nproc)
failed=

# How each source is compiled, with gcc's analyzer in the place of the sanitizers.
commands() {
    # shellcheck disable=SC2016,SC2086
    node -e '
        const [build, ...sources] = process.argv.slice(1);
        const text = require("fs").readFileSync(build + "/compile_commands.json");
        const list = JSON.parse(text);
        for (const source of sources) {
            const one = list.find((c) => c.file.endsWith("/" + source));
            if (!one) throw new Error(source + ": is not compiled");
            console.log(`cd ${one.directory} && ` + one.command
                .replace(/ -fsanitize=\S+| -o \S+/g, "")
                .replace(/^\S+/, "gcc -DFPT_ANALYSER -O1 -fanalyzer -o /dev/null"));
        }' "$build" $sources
}

echo "clang-tidy" >&2
# shellcheck disable=SC2086
printf '%s\n' $sources | xargs -P "$jobs" -n 4 clang-tidy --quiet -p "$build" \
    --extra-arg=-DFPT_ANALYSER 2>/dev/null || failed="$failed clang-tidy"

echo "gcc -fanalyzer" >&2
commands | xargs -d '\n' -P "$jobs" -I{} sh -c '{}' || failed="$failed gcc"

echo "cppcheck" >&2
# shellcheck disable=SC2046,SC2086
cppcheck --quiet --error-exitcode=1 --std=c11 --inline-suppr -j "$jobs" \
    --enable=warning,performance,portability \
    --suppressions-list=tools/cppcheck.txt \
    -D_POSIX_C_SOURCE=200809L -DFPT_ANALYSER \
    $(find src -name include -type d | sed 's/^/-I/') -I"$build/src/base" \
    $sources || failed="$failed cppcheck"

if command -v shellcheck >/dev/null; then
    echo "shellcheck" >&2
    # shellcheck disable=SC2046
    shellcheck dev .ci/run $(git ls-files '*.sh') || failed="$failed shellcheck"
fi

[ -z "$failed" ] || { echo "Findings of:$failed" >&2; exit 1; }
