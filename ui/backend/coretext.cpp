// SPDX-License-Identifier: GPL-3.0-or-later
#include "coretext.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <vector>

namespace keywheel {

namespace {

/// A form of what core says; test_translations checks that its words still stand there.
struct Form
{
    const char *text = "";
    const char *own = "";      ///< numbers of the places that hold words of core's again
    const char *value = ".*?"; ///< what fits into a place
};

/// How a key or an attempt fared. After a colon may follow what the upstream said, or, where `own`
/// is set, what core says of the connection.
constexpr Form Reasons[] = {
    {QT_TRANSLATE_NOOP("CoreText", "invalid key")},
    {QT_TRANSLATE_NOOP("CoreText", "account closed or unknown")},
    {QT_TRANSLATE_NOOP("CoreText", "billing problem")},
    {QT_TRANSLATE_NOOP("CoreText", "out of quota")},
    {QT_TRANSLATE_NOOP("CoreText", "rate limit")},
    {QT_TRANSLATE_NOOP("CoreText", "not permitted with this key")},
    {QT_TRANSLATE_NOOP("CoreText", "no access to this model with this key")},
    {QT_TRANSLATE_NOOP("CoreText", "model unknown, or no access to it")},
    {QT_TRANSLATE_NOOP("CoreText", "the organization or project header does not fit this key")},
    {QT_TRANSLATE_NOOP("CoreText", "what the request names belongs to another key")},
    {QT_TRANSLATE_NOOP("CoreText", "the request is larger than this key's limit")},
    {QT_TRANSLATE_NOOP("CoreText", "content refused")},
    {QT_TRANSLATE_NOOP("CoreText", "no key where the API looks for it")},
    {QT_TRANSLATE_NOOP("CoreText", "upstream overloaded")},
    {QT_TRANSLATE_NOOP("CoreText", "a web page instead of an answer")},
    {QT_TRANSLATE_NOOP("CoreText", "the list of models is open to anybody")},
    {QT_TRANSLATE_NOOP("CoreText", "it was answered again")},
    {QT_TRANSLATE_NOOP("CoreText", "the base URL has changed")},
    {QT_TRANSLATE_NOOP("CoreText", "other keys failed alike, so the upstream is suspected")},
    {QT_TRANSLATE_NOOP("CoreText", "address or region refused")},
    {QT_TRANSLATE_NOOP("CoreText", "status %1"), "", "[0-9]+"},
    {QT_TRANSLATE_NOOP("CoreText", "error in the stream")},
    {QT_TRANSLATE_NOOP("CoreText", "upstream unreachable"), "1"},
    {QT_TRANSLATE_NOOP("CoreText", "answer is not HTTP"), "1"},
    {QT_TRANSLATE_NOOP("CoreText", "no connection was free in time"), "1"},
    {QT_TRANSLATE_NOOP("CoreText", "request not taken in time"), "1"},
    {QT_TRANSLATE_NOOP("CoreText", "no answer in time"), "1"},
    {QT_TRANSLATE_NOOP("CoreText", "cancelled"), "1"},
    {QT_TRANSLATE_NOOP("CoreText", "put back by a reset")},
    {QT_TRANSLATE_NOOP("CoreText", "put back by a person")},
    {QT_TRANSLATE_NOOP("CoreText", "enabled by a person")},
    {QT_TRANSLATE_NOOP("CoreText", "disabled by a person")},
    {QT_TRANSLATE_NOOP("CoreText", "its cooldown has ended")},
    {QT_TRANSLATE_NOOP("CoreText", "all cooldowns were ended as no key was left")},
    {QT_TRANSLATE_NOOP("CoreText", "it passed a check")},
};

/// The first that fits counts.
constexpr Form Sentences[] = {
    // Settings.
    {QT_TRANSLATE_NOOP("CoreText", "%1 (%2) is not valid%3; accepted: %4"), "234"},
    {QT_TRANSLATE_NOOP("CoreText", "%1 is not valid%2; accepted: %3"), "23"},
    {QT_TRANSLATE_NOOP("CoreText",
                       "HOST=%1 without AUTH_KEY lets everyone who reaches this container spend "
                       "your API keys: set AUTH_KEY, or ALLOW_OPEN=true if all of them may")},
    {QT_TRANSLATE_NOOP("CoreText",
                       "%1 cannot be changed safely: %2 of the .env file; correct that first"),
     "2"},
    {QT_TRANSLATE_NOOP("CoreText", "%1 cannot stand in a .env file with this value")},
    {QT_TRANSLATE_NOOP("CoreText", "There is no setting named %1.")},
    {QT_TRANSLATE_NOOP("CoreText", "PORT is fixed by the command line; change it there.")},
    {QT_TRANSLATE_NOOP("CoreText", "%1 is fixed by the %2; change it there."), "2"},
    {QT_TRANSLATE_NOOP("CoreText", "UPSTREAM_CA_FILE: cannot read '%1': %2")},
    {QT_TRANSLATE_NOOP("CoreText", "UPSTREAM_CA_FILE: '%1' holds no PEM certificate")},

    // Listening.
    {QT_TRANSLATE_NOOP("CoreText", "%1 (held by %2, process %3)"), "1"},
    {QT_TRANSLATE_NOOP("CoreText", "Cannot listen on %1 port %2: %3")},

    // Key stores.
    {QT_TRANSLATE_NOOP("CoreText",
                       "%1. Or set KEY_STORE=file, to keep the keys in KEYS_FILE as plain text"),
     "1"},
    {QT_TRANSLATE_NOOP("CoreText",
                       "The keychain refused access to Keywheel's keys (%1): allow it when it "
                       "asks")},
    {QT_TRANSLATE_NOOP("CoreText",
                       "The keychain does not answer in time: if it asks for a password, give it "
                       "and try again")},
    {QT_TRANSLATE_NOOP("CoreText",
                       "The keychain cannot be used (%1): start a keychain service, such as "
                       "gnome-keyring, in this session")},
    {QT_TRANSLATE_NOOP("CoreText", "The keychain is locked: unlock it")},
    {QT_TRANSLATE_NOOP("CoreText",
                       "The keychain has no keyring yet: make a default keyring, or import keys "
                       "and give it a password when it asks")},
    {QT_TRANSLATE_NOOP("CoreText",
                       "The keychain shows none of the %1 keys that were stored: unlock it, if it "
                       "is locked")},
    {QT_TRANSLATE_NOOP("CoreText",
                       "The keys in the keychain were stored by a newer Keywheel: update this "
                       "one")},
    {QT_TRANSLATE_NOOP("CoreText", "The keychain does not give back what was stored in it")},
    {QT_TRANSLATE_NOOP("CoreText", "Nothing can be written in the folder %1")},
    {QT_TRANSLATE_NOOP("CoreText",
                       "Another Keywheel is changing the keys in the keychain: try again when it "
                       "has finished")},
    {QT_TRANSLATE_NOOP("CoreText", "The index of the keychain, %1, cannot be written: %2")},
    {QT_TRANSLATE_NOOP("CoreText", "The key %1 is too long for the keychain: %2 characters")},
    {QT_TRANSLATE_NOOP("CoreText",
                       "The key file %1 does not exist: create it with one API key a line, or try "
                       "Keywheel without keys: keywheel --demo")},
    {QT_TRANSLATE_NOOP("CoreText", "The key file %1 cannot be read: %2"), "2"},
    {QT_TRANSLATE_NOOP("CoreText", "The key file %1 cannot be written: %2")},
    {QT_TRANSLATE_NOOP("CoreText",
                       "The key file %1 is not a list of one key a line in UTF-8, and Keywheel "
                       "writes no other form. `keywheel keys import --convert` makes it one and "
                       "keeps the old file as .bak")},
    {QT_TRANSLATE_NOOP("CoreText",
                       "The key %1 cannot be stored: a key has 8 to 512 characters of visible "
                       "ASCII")},
    {QT_TRANSLATE_NOOP("CoreText",
                       "The keys cannot be stored: what stands above them in the file changes "
                       "their meaning")},
    {QT_TRANSLATE_NOOP("CoreText", "Another key store has come into use meanwhile.")},
    {QT_TRANSLATE_NOOP("CoreText", "No key has the fingerprint %1.")},

    // Why failures are not counted against keys.
    {QT_TRANSLATE_NOOP("CoreText", "the network is down")},
    {QT_TRANSLATE_NOOP("CoreText", "the machine has just woken, or its clock was set")},
    {QT_TRANSLATE_NOOP("CoreText",
                       "different keys fail alike: the upstream or this address is suspected")},
    {QT_TRANSLATE_NOOP("CoreText",
                       "every key is called invalid: the base URL, or the way in which keys are "
                       "sent, may be wrong")},

    // The upstream's connections.
    {QT_TRANSLATE_NOOP("CoreText", "all %1 connections (MAX_SOCKETS) stayed busy")},
    {QT_TRANSLATE_NOOP("CoreText", "could not hand the request over in time")},
    {QT_TRANSLATE_NOOP("CoreText", "no answer in time")},
    {QT_TRANSLATE_NOOP("CoreText", "OPENAI_BASE_URL leads back to Keywheel itself")},
    {QT_TRANSLATE_NOOP("CoreText",
                       "the proxy of the environment cannot be used: %1 is not http://host:port or "
                       "socks5://host:port")},
    {QT_TRANSLATE_NOOP("CoreText", "there is no memory for the answer")},
    {QT_TRANSLATE_NOOP("CoreText", "the response head exceeds %1 bytes")},
    {QT_TRANSLATE_NOOP("CoreText", "the upstream switched protocols, which was not asked for")},
    {QT_TRANSLATE_NOOP("CoreText",
                       "the upstream's answer does not begin with an HTTP/1.x status line")},
    {QT_TRANSLATE_NOOP("CoreText", "the upstream used a Transfer-Encoding other than chunked")},
    {QT_TRANSLATE_NOOP("CoreText", "the response has Content-Length and Transfer-Encoding")},
    {QT_TRANSLATE_NOOP("CoreText", "the upstream's chunked coding is broken")},
    {QT_TRANSLATE_NOOP("CoreText",
                       "the upstream closed the connection in the middle of its answer")},
    {QT_TRANSLATE_NOOP("CoreText", "the upstream closed the connection within a response head")},
    {QT_TRANSLATE_NOOP("CoreText", "the upstream closed the connection without an answer")},
    {QT_TRANSLATE_NOOP("CoreText", "the connection ended without an answer")},
    {QT_TRANSLATE_NOOP("CoreText", "the answer ended before its Content-Length")},

    // Parts of the above.
    {QT_TRANSLATE_NOOP("CoreText", ": %1"), "1"},
    {QT_TRANSLATE_NOOP("CoreText", "(%1) %2"), "2"},
    {QT_TRANSLATE_NOOP("CoreText", "%1 to %2"), "", "[0-9]+"},
    {QT_TRANSLATE_NOOP("CoreText", "default")},
    {QT_TRANSLATE_NOOP("CoreText", "environment")},
    {QT_TRANSLATE_NOOP("CoreText", "command line")},
    {QT_TRANSLATE_NOOP("CoreText", "entry %1 of the list is no origin")},
    {QT_TRANSLATE_NOOP("CoreText", "it is Keywheel itself (HOST=%1, PORT=%2)")},
    {QT_TRANSLATE_NOOP("CoreText", "it ends in an endpoint; the base URL is %1")},
    {QT_TRANSLATE_NOOP("CoreText", "it cannot be read: %1")},
    {QT_TRANSLATE_NOOP("CoreText", "it is larger than 64 MiB")},
    {QT_TRANSLATE_NOOP("CoreText", "is not of the form NAME=value")},
    {QT_TRANSLATE_NOOP("CoreText", "has no closing quote")},
    {QT_TRANSLATE_NOOP("CoreText", "has text after the closing quote")},
    {QT_TRANSLATE_NOOP("CoreText", "puts in more than 1000000 characters of other variables")},

    // Those that fit much.
    {QT_TRANSLATE_NOOP("CoreText", "line %1 %2"), "2"},
    {QT_TRANSLATE_NOOP("CoreText", "%1, line %2 %3"), "3"},
    {QT_TRANSLATE_NOOP("CoreText", "%1, line %2")},
    {QT_TRANSLATE_NOOP("CoreText", "%1 cannot be read: %2")},
    {QT_TRANSLATE_NOOP("CoreText", "%1 cannot be written: %2")},
};

const QRegularExpression &placePattern()
{
    static const QRegularExpression place(QStringLiteral("%([1-9])"));
    return place;
}

/// `text` with values().at(0) in place of %1; a value that holds a %2 is left alone.
QString filled(const QString &text, const QStringList &values)
{
    QString result;
    qsizetype end = 0;
    for (const QRegularExpressionMatch &place : placePattern().globalMatch(text)) {
        result += text.mid(end, place.capturedStart() - end) +
                  values.value(place.captured(1).toInt() - 1);
        end = place.capturedEnd();
    }
    return result + text.mid(end);
}

/// The places of a form stand in the order of their numbers.
QRegularExpression matcher(const Form &form, const char *tail = "")
{
    QString pattern = QRegularExpression::escape(QString::fromUtf8(form.text));
    pattern.replace(QRegularExpression(QStringLiteral("\\\\%[1-9]")),
                    QStringLiteral("(%1)").arg(QLatin1String(form.value)));
    return QRegularExpression(QStringLiteral("\\A%1%2\\z").arg(pattern, QLatin1String(tail)),
                              QRegularExpression::DotMatchesEverythingOption);
}

template <std::size_t Size>
std::vector<QRegularExpression> matchers(const Form (&forms)[Size], const char *tail = "")
{
    std::vector<QRegularExpression> all;
    for (const Form &form : forms)
        all.push_back(matcher(form, tail));
    return all;
}

QString translated(const char *text)
{
    return QCoreApplication::translate("CoreText", text);
}

QString sentenceText(const QString &line)
{
    static const std::vector<QRegularExpression> all = matchers(Sentences);
    const QByteArray utf8 = line.toUtf8();
    if (QString known = QCoreApplication::translate("Settings", utf8.constData()); known != line)
        return known; // a reason, or what a setting accepts
    for (std::size_t i = 0; i < all.size(); ++i) {
        const QRegularExpressionMatch match = all[i].match(line);
        if (!match.hasMatch())
            continue;
        QStringList values = match.capturedTexts().mid(1);
        for (const char *own = Sentences[i].own; *own; ++own)
            values[*own - '1'] = sentenceText(values.at(*own - '1'));
        return filled(translated(Sentences[i].text), values);
    }
    return line;
}

QString afterColon(const QString &before, const QString &after)
{
    return filled(translated(QT_TRANSLATE_NOOP("CoreText", "%1: %2")), {before, after});
}

/// "api.example.com:443: no answer in time"
QString networkText(const QString &said)
{
    const QString place = said.section(QLatin1String(": "), 0, 0);
    if (place == said || place.contains(QLatin1Char(' ')))
        return sentenceText(said);
    return afterColon(place, sentenceText(said.section(QLatin1String(": "), 1)));
}

/// "invalid key: Incorrect API key provided", whose end is the upstream's. Null for anything else.
QString reasonText(const QString &line)
{
    static const std::vector<QRegularExpression> all = matchers(Reasons, "(?:: (?<said>.*))?");
    for (std::size_t i = 0; i < all.size(); ++i) {
        const QRegularExpressionMatch match = all[i].match(line);
        if (!match.hasMatch())
            continue;
        QString words = filled(translated(Reasons[i].text), match.capturedTexts().mid(1));
        const QString said = match.captured(QStringLiteral("said"));
        if (said.isEmpty())
            return words;
        return afterColon(words, *Reasons[i].own ? networkText(said) : said);
    }
    return {};
}

} // namespace

QString coreText(const QString &english)
{
    QStringList lines = english.split(QLatin1Char('\n'));
    for (QString &line : lines) {
        const QString reason = reasonText(line);
        line = reason.isNull() ? sentenceText(line) : reason;
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace keywheel
