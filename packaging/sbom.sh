#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# sbom.sh VERSION PROGRAM: prints what PROGRAM consists of as an SPDX 2.3 document: itself, what is
# compiled in, and each shared library that it loads, by the Debian package that has it here.
set -euo pipefail
readonly version=$1 program=$2
created=$(date -u -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}" +%Y-%m-%dT%H:%M:%SZ)
checksum=$(sha256sum "$program" | cut -d ' ' -f 1)

cat <<END
SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: keywheel-$version
DocumentNamespace: https://spdx.org/spdxdocs/keywheel-$version-$checksum
Creator: Tool: packaging/sbom.sh
Created: $created
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-keywheel

PackageName: keywheel
SPDXID: SPDXRef-keywheel
PackageVersion: $version
PackageDownloadLocation: NOASSERTION
FilesAnalyzed: false
PackageChecksum: SHA256: $checksum
PackageLicenseConcluded: GPL-3.0-or-later
PackageLicenseDeclared: GPL-3.0-or-later
PackageCopyrightText: NOASSERTION
END

# Prints a package, and how the program relates to it.
package() {
    local name=$1 relation=$2 licence=$3
    local id=SPDXRef-${name//[^A-Za-z0-9.-]/-}
    cat <<END

PackageName: $name
SPDXID: $id
PackageVersion: $(dpkg-query -W -f '${Version}' "$name")
PackageDownloadLocation: NOASSERTION
FilesAnalyzed: false
ExternalRef: PACKAGE-MANAGER purl pkg:deb/debian/${name%:*}@$(dpkg-query -W -f '${Version}' "$name")
PackageLicenseConcluded: NOASSERTION
PackageLicenseDeclared: $licence
PackageCopyrightText: NOASSERTION
Relationship: SPDXRef-keywheel $relation $id
END
}

command -v dpkg-query >/dev/null || exit 0
package libexpected-dev STATIC_LINK CC0-1.0
# The libraries that it names itself; the packages of those have lists of their own.
readelf -d "$program" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | while read -r library; do
    path=$(ldd "$program" | awk -v l="$library" '$1 == l { print $3 }')
    { dpkg-query -S "$path" 2>/dev/null || dpkg-query -S "$(realpath "$path")"; } | sed -n '1s/: .*//p'
done | sort -u | while read -r name; do
    case $name in
    libqt6httpserver* | libqt6charts*) licence=GPL-3.0-only ;;
    libqt6keychain*) licence=BSD-2-Clause ;;
    libqt6*) licence='LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only' ;;
    *) licence=NOASSERTION ;;
    esac
    package "$name" DYNAMIC_LINK "$licence"
done
