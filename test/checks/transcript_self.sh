#!/bin/sh
# The runner of transcripts, run on transcripts about itself: what must pass,
# what must fail, what must be skipped, and what --update writes.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# expect CODE NAME [MORE]: the transcript on stdin ends so.
expect() {
    code=$1 name=$2
    shift 2
    cat >"$name"
    got=0
    node "$root/tools/transcript.mjs" "$@" "$name" >log 2>&1 || got=$?
    [ "$got" = "$code" ] && return
    echo "$name ended with $got, expected $code:" >&2
    cat log >&2
    exit 1
}
says() { grep -qF -e "$1" log || { echo "not said: $1" >&2; cat log >&2; exit 1; }; }

mkdir beside && echo copied >beside/data.csv
expect 0 good.t <<'T'
# A remark.
@env GREETING=hello
@copy beside here
@file sub/data.txt
one
# not a remark
@end
$ cat here/data.csv
copied
$ echo $GREETING; cat sub/data.txt
hello
one
\# not a remark

$ echo a; echo b >&2; exit 3
a
! b
? 3
$ printf 'no end'
no end (no newline)
$ printf '\n\n'
\
\
$ seq 1 100
1
...
50
...
100
$ echo 'PATH... and 12.5 seconds'
PATH... and ... seconds
$ cat <<END
> two
> lines
> END
two
lines
$ echo; echo

\
$ false || true
$ echo "$LC_ALL $NO_COLOR $SOURCE_DATE_EPOCH"; test "$HOME" = "$PWD"
C 1 1508544000
$ echo kept > between; echo
\
$ cat between
kept
T
expect 0 set.t <<'T'
@env SOURCE_DATE_EPOCH=5
$ echo $SOURCE_DATE_EPOCH
5
T

for wrong in '$ echo a' '$ true
a' '$ false' '$ echo a
b' '$ echo a >&2' '$ true
! a' '$ true
? 1' '$ printf a
a' '$ echo ab
a...c' '$ seq 1 5
1
...
4' '$ echo
' '$ echo a; echo
a' 'text before any command' '@file x' '@copy x' '@nothing here' '$ kill -9 $$'; do
    printf '%s\n' "$wrong" | expect 1 wrong.t
done
expect 1 diff.t <<'T'
# first
$ seq 1 3
1
two
3
T
says '--- diff.t:2 $ seq 1 3'
says '-two    (line 4)'
says '+2'
says ' 3'

# --update leaves what matched, wildcards too, and makes the rest pass.
expect 0 update.t --update <<'T'
# kept
$ seq 1 9
1
...
7
x
9

$ echo '# odd'; echo; echo '$ odd' >&2; exit 2
$ printf end
T
cat >wanted <<'T'
# kept
$ seq 1 9
1
...
7
8
9

$ echo '# odd'; echo; echo '$ odd' >&2; exit 2
\# odd
\
! $ odd
? 2
$ printf end
end (no newline)
T
cmp update.t wanted
node "$root/tools/transcript.mjs" update.t >log

FOOTPRINT_REAL_DATA=$folder/none
export FOOTPRINT_REAL_DATA
expect 77 needs.t <<'T'
@needs real-data
$ false
T
says 'skipped'
FOOTPRINT_REAL_DATA=$folder
expect 0 needs.t <<'T'
@needs real-data
$ test -d "$FOOTPRINT_REAL_DATA"
T

expect 0 page.md <<'T'
# A page
<!-- @env WORD=from the page -->
<!-- @file data.csv -->

```csv
a,b
```

```console
$ cat data.csv; echo $WORD
a,b
from the page
```

```sh
exit 1
```

Words.

```console
$ wc -l < data.csv
1
```
T
expect 1 page.md <<'T'
```console
$ echo a
b
```
T
says 'page.md:2'
expect 2 none.t --nothing </dev/null
echo 'the runner does what it says'
