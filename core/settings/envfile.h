// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"
#include "common/textencoding.h"
#include "settings/envparser.h"

#include <optional>

namespace keywheel {

/// A .env file in memory, changed byte by byte: what is not asked to change stays as it was, with
/// its comments, quotes, line ends, unknown and malformed lines. parseEnv() tells the syntax.
/// UTF-16 is read too, and stays UTF-16. A value; used from any thread, one at a time.
class EnvFile
{
public:
    static EnvFile parse(const QByteArray &text);
    /// The error names the file and the cause.
    static Expected<EnvFile> load(const QString &path);

    /// Exactly what was parsed, with the changes since.
    QByteArray toText() const { return encoding_.fromUtf8(text_); }
    /// In the order of the file. Of several with one name the last counts.
    const QList<EnvEntry> &entries() const { return syntax_.entries; }
    /// One per malformed line, such as `line 3 (PORT) has no closing quote`.
    const QList<Error> &errors() const { return syntax_.errors; }

    /// The entry that counts, or nullptr. Valid until the next change.
    const EnvEntry *find(const QString &name) const;
    std::optional<QString> value(const QString &name) const;

    /// Changes the value of the last entry of that name and keeps its quotes if they can hold it,
    /// or appends a line. Fails, and changes nothing, when the name cannot stand in a .env file, or
    /// a malformed line would swallow what was written.
    Expected<void> set(const QString &name, const QString &value);
    /// Takes out all lines of that name; none is no error. Fails as set() does.
    Expected<void> remove(const QString &name);

    /// Atomic: a crash leaves the old file or the new one. A new file gets mode 0600, an existing
    /// one keeps its mode. The error names the file and the cause.
    Expected<void> save(const QString &path) const;

private:
    static EnvFile parse(const QByteArray &text, const TextEncoding &encoding);
    EnvFile with(qsizetype begin, qsizetype end, const QByteArray &bytes) const;
    QByteArray newLine(const QString &name, const QByteArray &value) const;
    QByteArrayList outline(qsizetype skipped) const;
    Error refusal(const QString &name) const;

    QByteArray text_;       ///< UTF-8
    TextEncoding encoding_; ///< of the file
    EnvSyntax syntax_;
};

} // namespace keywheel
