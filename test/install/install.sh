#!/bin/sh
# Install to a prefix of its own and use what lies there as a stranger would.
#   install.sh BUILD_FOLDER VERSION CC CXX [FLAGS]
set -eu
build=$1 version=$2 cc=$3 cxx=$4
shift 4
here=$(cd "$(dirname "$0")" && pwd)
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT

cmake --install "$build" --prefix "$prefix" >"$prefix/log"
# Moved, to show that nothing remembers where it was installed.
mkdir "$prefix/moved"
for part in bin lib include share; do mv "$prefix/$part" "$prefix/moved/"; done
at=$prefix/moved

same() {
    [ "$1" = "$2" ] && return
    printf 'found    %s\nexpected %s\n' "$1" "$2" >&2
    exit 1
}

same "$("$at/bin/footprint" version)" "footprint $version"

export PKG_CONFIG_PATH="$at/lib/pkgconfig"
same "$(pkg-config --modversion footprint)" "$version"
# shellcheck disable=SC2046
"$cc" -std=c17 -Wall -Wextra -Wpedantic -Werror "$@" "$here/hello.c" \
    $(pkg-config --cflags --libs footprint) -Wl,-rpath,"$at/lib" -o "$prefix/hello"
same "$("$prefix/hello")" '2017/18 2 b"c 2'

# Each header alone, in both languages, twice over: its guard holds.
for header in "$at"/include/fpt/*.h; do
    name=fpt/$(basename "$header")
    printf '#include <%s>\n#include <%s>\n' "$name" "$name" >"$prefix/one.c"
    "$cc" -std=c17 -Wall -Wextra -Wpedantic -Werror -fsyntax-only \
        -I"$at/include" "$prefix/one.c"
    "$cxx" -std=c++17 -Wall -Wextra -Wpedantic -Werror -fsyntax-only \
        -x c++ -I"$at/include" "$prefix/one.c"
done

# Whatever the library and the command need is found without LD_LIBRARY_PATH.
for file in "$at/bin/footprint" "$at/lib/libfootprint.so.0"; do
    if ldd "$file" | grep 'not found'; then exit 1; fi
done
[ -f "$at/lib/libduckdb.so" ] && [ -f "$at/share/man/man1/footprint.1" ]
