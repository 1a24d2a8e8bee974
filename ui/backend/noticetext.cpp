// SPDX-License-Identifier: GPL-3.0-or-later
#include "noticetext.h"

#include "coretext.h"

#include <QCoreApplication>

namespace keywheel {

namespace {

using Kind = Notice::Kind;

/// Not named tr(): lupdate would take the macros in its calls for no texts.
QString translated(const char *text)
{
    return QCoreApplication::translate("Notice", text);
}

QString withDetail(const QString &sentence, const QString &detail)
{
    return detail.isEmpty() ? sentence : coreText(detail) + QLatin1Char('\n') + sentence;
}

} // namespace

QString noticeTitle(const Notice &notice)
{
    switch (notice.kind) {
    case Kind::ListenFailed:
        return translated(QT_TRANSLATE_NOOP("Notice", "Keywheel cannot listen on its address"));
    case Kind::BadSettings:
        return translated(QT_TRANSLATE_NOOP("Notice", "Some settings are not valid"));
    case Kind::KeysUnreadable:
        return translated(QT_TRANSLATE_NOOP("Notice", "The API keys cannot be read"));
    case Kind::NoKeys:
        return translated(QT_TRANSLATE_NOOP("Notice", "There are no API keys yet"));
    case Kind::NoKeyLeft:
        return translated(QT_TRANSLATE_NOOP("Notice", "No API key is left"));
    case Kind::OpenToNetwork:
        return translated(QT_TRANSLATE_NOOP("Notice", "Other machines can spend your API keys"));
    case Kind::AuthKeyShort:
        return translated(QT_TRANSLATE_NOOP("Notice", "The access key is easily guessed"));
    case Kind::UpstreamDown:
        return translated(QT_TRANSLATE_NOOP("Notice", "The upstream does not answer properly"));
    case Kind::KeysNotBlamed:
        return translated(QT_TRANSLATE_NOOP("Notice", "Failures are not counted against keys now"));
    case Kind::KeyOut:
        return translated(QT_TRANSLATE_NOOP("Notice", "Key %1 is out of use")).arg(notice.name);
    case Kind::OriginRefused:
        return translated(QT_TRANSLATE_NOOP("Notice", "A web page was refused"));
    }
    return {};
}

QString noticeDetail(const Notice &notice)
{
    switch (notice.kind) {
    case Kind::ListenFailed:
        return withDetail(translated(QT_TRANSLATE_NOOP("Notice", "End the other program, or choose "
                                                                 "another port.")),
                          notice.detail);
    case Kind::BadSettings:
        return withDetail(
            translated(QT_TRANSLATE_NOOP("Notice", "The last good ones stay in use.")),
            notice.detail);
    case Kind::KeysUnreadable:
        return withDetail(
            translated(QT_TRANSLATE_NOOP("Notice", "Unlock the keychain, or keep the keys "
                                                   "in a file.")),
            notice.detail);
    case Kind::NoKeys:
        return translated(
            QT_TRANSLATE_NOOP("Notice", "Requests are refused until you import some."));
    case Kind::NoKeyLeft:
        return translated(QT_TRANSLATE_NOOP("Notice", "All of them are set aside, so requests are "
                                                      "refused."));
    case Kind::OpenToNetwork:
        return translated(QT_TRANSLATE_NOOP("Notice",
                                            "Keywheel listens on %1 without an AUTH_KEY. Set "
                                            "one, or listen on 127.0.0.1 only."))
            .arg(notice.detail);
    case Kind::AuthKeyShort:
        return translated(QT_TRANSLATE_NOOP(
            "Notice", "AUTH_KEY has fewer than 16 characters. Take a long random one."));
    case Kind::UpstreamDown:
        return withDetail(translated(QT_TRANSLATE_NOOP("Notice", "Requests go on being tried.")),
                          notice.detail);
    case Kind::KeysNotBlamed:
    case Kind::KeyOut:
        return coreText(notice.detail);
    case Kind::OriginRefused:
        return translated(QT_TRANSLATE_NOOP("Notice",
                                            "%1 tried to use Keywheel from a browser. Allow it "
                                            "only if you trust that page with your keys."))
            .arg(notice.subject);
    }
    return {};
}

Severity noticeSeverity(Kind kind)
{
    switch (kind) {
    case Kind::ListenFailed:
    case Kind::OpenToNetwork:
    case Kind::NoKeyLeft:
    case Kind::KeysUnreadable:
        return Severity::Danger;
    case Kind::BadSettings:
    case Kind::NoKeys:
    case Kind::AuthKeyShort:
    case Kind::UpstreamDown:
    case Kind::KeyOut:
        return Severity::Warning;
    case Kind::KeysNotBlamed:
    case Kind::OriginRefused:
        break;
    }
    return Severity::Info;
}

NoticeAction noticeAction(const Notice &notice)
{
    switch (notice.kind) {
    case Kind::ListenFailed:
        return NoticeAction::Start;
    case Kind::BadSettings:
    case Kind::OpenToNetwork:
    case Kind::AuthKeyShort:
        return NoticeAction::OpenSettings;
    case Kind::KeysUnreadable:
        return NoticeAction::ReloadKeys;
    case Kind::NoKeys:
        return NoticeAction::ImportKeys;
    case Kind::NoKeyLeft:
        return NoticeAction::ResetBlacklist;
    case Kind::UpstreamDown:
        return NoticeAction::ShowRequests;
    case Kind::KeyOut:
        return NoticeAction::ShowBlacklist;
    case Kind::OriginRefused:
        return NoticeAction::AllowOrigin;
    case Kind::KeysNotBlamed:
        break;
    }
    return NoticeAction::None;
}

QString noticeActionText(const Notice &notice)
{
    switch (noticeAction(notice)) {
    case NoticeAction::Start:
        return translated(QT_TRANSLATE_NOOP("Notice", "Try again"));
    case NoticeAction::OpenSettings:
        return translated(QT_TRANSLATE_NOOP("Notice", "Open settings"));
    case NoticeAction::ReloadKeys:
        return translated(QT_TRANSLATE_NOOP("Notice", "Read again"));
    case NoticeAction::ImportKeys:
        return translated(QT_TRANSLATE_NOOP("Notice", "Import keys…"));
    case NoticeAction::ResetBlacklist:
        return translated(QT_TRANSLATE_NOOP("Notice", "Reset blacklist"));
    case NoticeAction::ShowBlacklist:
        return translated(QT_TRANSLATE_NOOP("Notice", "Show"));
    case NoticeAction::ShowRequests:
        return translated(QT_TRANSLATE_NOOP("Notice", "Show requests"));
    case NoticeAction::AllowOrigin:
        return translated(QT_TRANSLATE_NOOP("Notice", "Allow it"));
    case NoticeAction::None:
        break;
    }
    return {};
}

QString noticeSetting(Kind kind)
{
    switch (kind) {
    case Kind::ListenFailed:
        return QStringLiteral("PORT");
    case Kind::KeysUnreadable:
        return QStringLiteral("KEY_STORE");
    case Kind::OpenToNetwork:
    case Kind::AuthKeyShort:
        return QStringLiteral("AUTH_KEY");
    case Kind::UpstreamDown:
        return QStringLiteral("OPENAI_BASE_URL");
    default:
        return {};
    }
}

} // namespace keywheel
