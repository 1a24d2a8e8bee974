// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/jsonkeys.h"

#include "secrets/keysyntax.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace keywheel {
namespace {

/// Walks over valid JSON in the order of the text, which QJsonObject does not keep, and with its
/// line numbers, which QJsonDocument does not tell.
class JsonWalk
{
public:
    JsonWalk(const QByteArray &json, int line, KeyCollector *out)
        : json_(json),
          line_(line),
          out_(out)
    {
    }

    void run()
    {
        while (at_ < json_.size()) {
            const char c = json_[at_++];
            if (c == '\n')
                ++line_;
            else if (c == '"')
                onString(string());
            else if (c == '{' || c == '[')
                open(c == '[');
            else if (c == '}' || c == ']')
                close();
            else if (c == ':')
                inValue_ = true;
            else if (c == ',')
                inValue_ = false;
        }
    }

private:
    struct Level
    {
        bool array = false;
        bool ofKeys = false;    ///< an array whose strings are keys
        qsizetype firstKey = 0; ///< the collector's count at its begin
        QByteArray name;        ///< of the member under way
        QByteArray label;
    };

    /// The string whose opening quote was the last character. Strings with line feeds are not JSON.
    QByteArray string()
    {
        const qsizetype begin = at_;
        bool escaped = false;
        for (; at_ < json_.size() && json_[at_] != '"'; ++at_) {
            if (json_[at_] == '\\') {
                escaped = true;
                ++at_;
            }
        }
        QByteArray text = json_.mid(begin, at_ - begin);
        ++at_;
        if (!escaped)
            return text;
        const QByteArray array = "[\"" + text + "\"]";
        return QJsonDocument::fromJson(array).array().at(0).toString().toUtf8();
    }

    void onString(const QByteArray &text)
    {
        if (levels_.isEmpty())
            return;
        Level &level = levels_.last();
        const bool value = level.array || inValue_;
        if (!value)
            level.name = text;
        else if (level.array ? level.ofKeys : isKeyName(level.name))
            takeKey(text);
        else if (!level.array && level.label.isEmpty() && isLabelName(level.name))
            level.label = text;
    }

    void takeKey(const QByteArray &text)
    {
        if (const auto index = out_->add(text, line_))
            unlabelled_.append(*index);
    }

    void open(bool array)
    {
        const bool outer = levels_.isEmpty();
        Level level{array, false, out_->count(), {}, {}};
        if (array)
            level.ofKeys = outer || (levels_.last().array ? levels_.last().ofKeys
                                                          : isKeyName(levels_.last().name));
        levels_.append(level);
        inValue_ = false;
    }

    void close()
    {
        if (levels_.isEmpty())
            return;
        const Level level = levels_.takeLast();
        // Each key is looked at once in all: the ones of inner objects have their label already.
        while (!level.label.isEmpty() && !unlabelled_.isEmpty() &&
               unlabelled_.last() >= level.firstKey)
            out_->setLabel(unlabelled_.takeLast(), level.label);
    }

    const QByteArray &json_;
    qsizetype at_ = 0;
    int line_;
    KeyCollector *const out_;
    QList<Level> levels_;
    QList<qsizetype> unlabelled_; ///< indices of keys, ascending
    bool inValue_ = false;        ///< behind the colon of a member
};

} // namespace

bool beginsAsJson(const QByteArray &text)
{
    return text.startsWith('{') || text.startsWith('[');
}

bool readJsonKeys(const QByteArray &json, int line, KeyCollector *out)
{
    QJsonParseError error;
    QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return false;
    JsonWalk(json, line, out).run();
    return true;
}

} // namespace keywheel
