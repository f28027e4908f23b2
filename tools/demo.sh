#!/bin/sh
# The main job on made-up data, from files to pages (./dev demo calls it).
#   demo.sh [COMMAND [FOLDER]]   by default build/release/footprint, build/demo
# FOLDER is made anew each time: a nation, a workspace that reads it, its site.
set -eu
cd "$(dirname "$0")/.."
footprint=${1:-build/release/footprint}
demo=${2:-build/demo}
began=$(date +%s)

if [ ! -x "$footprint" ]; then
    [ $# -eq 0 ] || { echo "$footprint is not there" >&2; exit 2; }
    ./dev build
fi
# Only what an earlier demo made is removed.
if [ -e "$demo" ] && [ ! -f "$demo/footprint-demo.txt" ] &&
    [ -n "$(ls -A "$demo")" ]; then
    echo "$demo is there and is no demo: move it away first" >&2
    exit 2
fi
rm -rf "$demo"
mkdir -p "$demo"
echo "Made by tools/demo.sh, which makes it anew each time." \
    >"$demo/footprint-demo.txt"

step() { printf '\n%s\n' "== $*" >&2; }

# 1 says: done, and something was found wrong, as is to be expected of these data.
expect_findings() { "$@" || [ $? -eq 1 ]; }

step "1 of 6: a made-up nation (synth)"
"$footprint" synth "$demo/nation" --scale small --seed 1 -q >/dev/null
sed -n '/^[0-9].* systems/,/^Codes/{/^Codes/d;p;}' "$demo/nation/SYNTHETIC.txt" >&2

step "2 of 6: a workspace, and its files into it (init, load)"
"$footprint" init "$demo/workspace" -q
expect_findings "$footprint" load --job demo "$demo/nation" \
    --workspace "$demo/workspace" --format table >&2

step "3 of 6: what is wrong with them (check)"
expect_findings "$footprint" check --workspace "$demo/workspace" \
    --format table >&2

step "4 of 6: indicators (measure run)"
"$footprint" measure run --workspace "$demo/workspace" -q --format table >&2

step "5 of 6: ratings (rate run)"
"$footprint" rate run stp-progress-2017 --weights equal \
    --workspace "$demo/workspace" -q --format csv >"$demo/ratings.csv"
head -4 "$demo/ratings.csv" >&2

step "6 of 6: the site (publish)"
"$footprint" publish --workspace "$demo/workspace" >&2

cat <<TEXT

Done in $(($(date +%s) - began)) seconds. Nothing in it is real. Open in a browser:

  $(cd "$demo" && pwd)/workspace/site/index.html

Then, for example:

  $footprint measure show ae_4h --period 2017/18 --format table -w $demo/workspace
  $footprint explain ae_4h/E54900003/2017-18 -w $demo/workspace
  $footprint footprint compare 2017-04-01 2018-04-01 -w $demo/workspace
TEXT
