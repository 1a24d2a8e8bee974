// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace keywheel {

/// A request as it comes over the wire, and what a strict server does with it. Read by
/// test_conformance, and by tests/conformance/compare.py through print_conformance_cases.
struct ConformanceCase
{
    QByteArray name;
    QByteArray request;
    int status = 200;     ///< 200: accepted, and the connection goes on; else refused and closed
    QByteArray seen = {}; ///< when accepted: method, target and body
};

/// The cases count on this MAX_BODY_SIZE.
inline constexpr int ConformanceMaxBody = 1000;

QList<ConformanceCase> acceptedCases();
QList<ConformanceCase> refusedCases();

} // namespace keywheel
