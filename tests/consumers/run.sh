#!/usr/bin/env bash
# Writes every export and has its real consumer read it back. What cannot be installed is said to be skipped.
# followthemoney builds PyICU, which needs libicu-dev, pkg-config and some minutes, the first time.
# Usage: tests/consumers/run.sh [--cheap] [DATELINE]     the program; target/debug/dateline unless given
# --cheap: only what installs in seconds, and the HTML page if chromium is there.
set -euo pipefail
cheap=false
if [ "${1:-}" = --cheap ]; then
    cheap=true
    shift
fi
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
dateline=$(realpath "${1:-$root/target/debug/dateline}")
# What was installed stays with the build, what is written goes.
packages=$root/target/consumers
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
mkdir -p "$packages/npm"
cd "$out"

"$dateline" demo consumers.db --now 2026-01-15 -q > /dev/null
"$dateline" ingest "$here/hostile.txt" --db consumers.db --now 2026-01-15 -q
export_as() { "$dateline" export "$1" --db consumers.db --now 2026-01-15 -q -o "$2" 2>> losses.txt; }
export_as csv events.csv
export_as jsonl events.jsonl
export_as html events.html
export_as timelinejs events.timelinejs.json
export_as timelinejs-csv events.timelinejs.csv
export_as timesketch events.timesketch.csv
export_as timesketch-jsonl events.timesketch.jsonl
export_as ftm events.ftm.jsonl
export_as ics events.ics
export_as geojson events.geojson
export_as kml events.kml
export_as mermaid events.mmd
export_as gexf events.gexf
export_as edges edges.csv
export_as rss events.rss
export_as gdelt events.gdelt.csv
export_as xlsx events.xlsx
# A build without the feature says so and is skipped below.
export_as parquet events.parquet || rm -f events.parquet
python3 "$here/many.py" events.html hundred.html 100
python3 "$here/many.py" events.html many.html 20000

status=0
if [ -x "$packages/venv/bin/python" ] || python3 -m venv "$packages/venv"; then
    # One by one: where one can't be installed, the others still read their exports, and check.py says which it skips.
    while read -r package; do
        case $cheap:$package in
            true:followthemoney=* | true:timesketch-* | true:datasette=* | true:duckdb=* | true:pandas=* | true:pyarrow=* | true:six=*)
                echo "skip  $package: only in the full run"
                continue
                ;;
        esac
        "$packages/venv/bin/pip" install --quiet --disable-pip-version-check "$package" || echo "skip  $package: not installed"
    done < "$here/requirements.txt"
    "$packages/venv/bin/python" "$here/check.py" "$out" consumers.db || status=1
else
    echo "skip  Python consumers: no venv"
fi

cp "$here/package.json" "$packages/npm/"
if $cheap; then
    echo "skip  TimelineJS, mermaid: only in the full run"
    if command -v chromium > /dev/null; then
        python3 "$here/paint.py" "$out" "$(command -v chromium)" || status=1
    else
        echo "skip  HTML: no chromium"
    fi
elif command -v npm > /dev/null && (cd "$packages/npm" && npm install --silent --no-audit --no-fund --ignore-scripts); then
    node "$here/check.mjs" "$out" "$packages/npm" "$(command -v chromium || true)" || status=1
else
    echo "skip  consumers for the web: npm is not there or they could not be installed"
fi
exit $status
