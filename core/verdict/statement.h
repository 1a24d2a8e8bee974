// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "verdict/errormessage.h"
#include "verdict/knownerrors.h"

namespace keywheel {

/// What an error says, ready to be compared with the tables. A value, for any thread.
class Statement
{
public:
    /// `status` is that of the answer, 200 for an error inside a 200.
    Statement(const ErrorMessage &error, int status);

    /// The row that says `cause`, or null.
    const KnownError *find(Cause cause) const;
    bool says(Cause cause) const { return find(cause) != nullptr; }
    bool hasCode(QByteArrayView code) const;
    bool hasPhrase(QByteArrayView phrase) const { return text_.contains(phrase); }
    /// It speaks of a rate, such as requests a minute, even if it calls that a quota.
    bool isAboutRate() const;
    /// "Your account has been suspended" and the like, in any order of words that is usual.
    bool saysKeyIsInvalid() const;
    bool saysAccountIsClosed() const;
    bool saysNoAccess() const;
    /// Names a key, an account or a permission.
    bool namesKeyOrPermission() const;

private:
    bool matches(const KnownError &row) const;

    const ErrorMessage &error_;
    unsigned status_; ///< as a StatusSet of one
    QByteArray text_; ///< the message as KnownError describes it
};

} // namespace keywheel
