// SPDX-License-Identifier: GPL-3.0-or-later
// The input's first byte chooses a status, the rest is the body of an error: it is judged, whatever
// it is, and what is said of it can be shown.
#include "fuzz/fuzzinput.h"
#include "verdict/errormessage.h"
#include "verdict/judge.h"

using namespace keywheel;
using keywheel::fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr int Statuses[] = {200, 400, 401, 402, 403, 404, 412, 429, 500, 503, 504};
    if (size == 0)
        return 0;
    const QByteArray body = fuzz::toBytes(data + 1, size - 1);
    const ErrorMessage error = parseErrorMessage(body);
    for (const QChar c : error.message)
        require(c.category() != QChar::Other_Control, "no control characters");
    AttemptResult result;
    result.status = Statuses[data[0] % std::size(Statuses)];
    result.kind =
        result.status == 200 ? AttemptResult::Kind::StreamError : AttemptResult::Kind::Answer;
    result.body = body;
    const Verdict verdict = judge(result, QDateTime::fromSecsSinceEpoch(1'767'323'045));
    require(verdict.fault != FaultClass::Success, "an error is no success");
    require(!verdict.code.isEmpty() && !verdict.reason.isEmpty(), "it is named");
    require(!verdict.cooldown || verdict.cooldown->count() >= 0, "no wait into the past");
    require(!verdict.weak || verdict.fault == FaultClass::Permanent, "only the weak are weak");
    return 0;
}
