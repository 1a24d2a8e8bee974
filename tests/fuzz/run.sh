#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh BUILD SECONDS JOBS: runs each fuzz target of BUILD for so long, JOBS at once. New inputs are
# kept in BUILD/fuzz/corpus/TARGET for the next run, findings in BUILD/fuzz/findings. Fails when there
# is one.
set -euo pipefail
cd "$(dirname "$0")/../.."
readonly sources=tests/fuzz

run_one() {
    local target=$1 build=$2 seconds=$3
    local known=$build/fuzz/corpus/$target log=$build/fuzz/$target.log
    mkdir -p "$known"
    if "$build/tests/fuzz_$target" "$known" "$sources/corpus/$target" \
        -dict="$sources/dict/$target.dict" -artifact_prefix="$build/fuzz/findings/$target-" \
        -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=1024 \
        -print_final_stats=1 >"$log" 2>&1; then
        echo "$target: no finding, $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs"
        return
    fi
    echo "$target: FINDING, see $log; its end:"
    grep -av '^#' "$log" | tail -n 40
    return 1
}
if [[ $1 == --one ]]; then
    run_one "${@:2}"
    exit
fi

readonly build=$1 seconds=$2 jobs=$3
mkdir -p "$build/fuzz/findings"
echo "Each target runs for $seconds s, $jobs at once; logs: $build/fuzz/*.log"
find "$sources" -name 'fuzz_*.cpp' | sed 's,.*/fuzz_,,; s,\.cpp$,,' | sort |
    xargs -I TARGET -P "$jobs" "$0" --one TARGET "$build" "$seconds" ||
    {
        echo "fuzz: findings"
        exit 1
    }
