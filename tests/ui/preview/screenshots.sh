#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# screenshots.sh PREVIEW FOLDER: every page over made-up data, light and dark, in English and Chinese,
# 1× and 2×, without a screen.
set -euo pipefail
readonly preview=$1 folder=$2

export QT_QPA_PLATFORM=offscreen
mkdir -p "$folder"
shot() { # NAME SCALE OPTION…
    QT_SCALE_FACTOR=$2 "$preview" "${@:3}" --grab "$folder/$1.png" 2>/dev/null
}
for language in en zh_CN; do
    for theme in light dark; do
        for scale in 1 2; do
            for page in overview keys blacklist requests connect settings; do
                shot "$page-$theme-$language-${scale}x" $scale \
                    --page $page --theme $theme --language $language
            done
            for page in blacklist requests; do # with the details of a row
                shot "$page-row-$theme-$language-${scale}x" $scale \
                    --page $page --row 1 --theme $theme --language $language
            done
            shot "import-$theme-$language-${scale}x" $scale \
                --page import --theme $theme --language $language
            shot "firstrun-$theme-$language-${scale}x" $scale \
                --state empty --theme $theme --language $language
        done
    done
done
echo "$(find "$folder" -name '*.png' | wc -l) pictures in $folder"
