#!/bin/sh
# The demo, from files to pages, as ./dev demo runs it: demo.sh BUILD
# What an earlier one left is made anew; no folder that is not its own is removed.
set -eu
build=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
wrong() { echo "$1" >&2; cat "$folder/log" >&2; exit 1; }
demo() { sh "$root/tools/demo.sh" "$build/footprint" "$1" >"$folder/log" 2>&1; }

mkdir -p "$folder/demo/nation.part"
: >"$folder/demo/footprint-demo.txt"
demo "$folder/demo" || wrong "the demo failed"
[ ! -e "$folder/demo/nation.part" ] || wrong "what an earlier one left is there"
site=$folder/demo/workspace/site
[ -s "$site/index.html" ] || wrong "there is no page"
grep -q "$site/index.html" "$folder/log" || wrong "it does not say where to look"
grep -q '^fault *parts-sum-to-total' "$folder/log" || wrong "the fault is not told"
bare=$(find "$site" -name '*.html' -exec grep -L 'Synthetic data' {} +)
[ -z "$bare" ] || wrong "pages that do not say that all is made up: $bare"

# What it printed to try next works.
sed -n 's/^  \([^ ]*footprint .*\)/\1/p' "$folder/log" >"$folder/next"
[ "$(wc -l <"$folder/next")" = 3 ] || wrong "it does not name three commands"
(cd "$root" && sh -e "$folder/next") >"$folder/out" 2>&1 ||
    wrong "a command that it names fails: $(cat "$folder/out")"

mkdir "$folder/mine"
echo x >"$folder/mine/precious"
if demo "$folder/mine"; then wrong "somebody's folder was taken"; fi
[ -f "$folder/mine/precious" ] || wrong "somebody's file was removed"
echo "the demo works"
