#!/bin/sh
# Every key that a reader of packs asks for is explained in docs/reference/packs.md.
set -eu
cd "$(dirname "$0")/../.."
page=docs/reference/packs.md
readers='src/ingest/source_pack.c src/ingest/source_columns.c src/ingest/source_facts.c
    src/ingest/job.c src/measure/indicator.c src/measure/attribution.c src/registry/tiers.c'
# shellcheck disable=SC2086
keys=$(cat $readers | tr '\n' ' ' |
    grep -oE '(fpt_yaml_(text|texts|int64|double|bool|date|choice|map|list)|fpti_read_texts|read_(ref|typed|date|code|scaled|part|term|terms|conditions|check_column))\([^;"]*"[a-z_]+"' |
    sed 's/.*"\(.*\)"/\1/' |
    grep -vxE 'codes|dates|numbers' | sort -u) # words of messages
[ "$(printf '%s\n' "$keys" | wc -l)" -gt 60 ] || { echo "few keys were found: is the check broken?" >&2; exit 1; }
missing=
for key in $keys; do
    grep -q "\`$key[\`:]" "$page" || missing="$missing $key"
done
[ -z "$missing" ] || { echo "$page does not explain:$missing" >&2; exit 1; }
