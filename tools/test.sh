#!/bin/sh
# Every check there is (./dev test). Each one is a test of the dev build, also the
# other builds, so that CTest's summary, the last thing printed, speaks for all.
set -eu
cd "$(dirname "$0")/.."
FOOTPRINT_TEST_BEGAN=$(date +%s)
export FOOTPRINT_TEST_BEGAN
jobs=$(nproc)
cmake --preset dev
cmake --build --preset dev --parallel "$jobs"
exec ctest --preset check --parallel "$jobs"
