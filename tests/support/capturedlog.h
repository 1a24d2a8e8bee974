// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdio>
#include <memory>

/// A file that stands for the standard output or error and can be read back.
class Captured
{
public:
    Captured() : file_(std::tmpfile(), &std::fclose) {}

    std::FILE *stream() { return file_.get(); }

    /// All that was written; forgets it.
    QByteArray take()
    {
        std::fflush(stream());
        QByteArray text(std::ftell(stream()), Qt::Uninitialized);
        std::rewind(stream());
        text.resize(qsizetype(std::fread(text.data(), 1, std::size_t(text.size()), stream())));
        std::rewind(stream());
        return text;
    }

private:
    std::unique_ptr<std::FILE, int (*)(std::FILE *)> file_;
};
