// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict/causes.h"
#include "verdict/knownerrors.h"

#include <QFile>
#include <QTest>

using namespace keywheel;

namespace {

QString statusText(unsigned statuses)
{
    if (statuses == AnyStatus)
        return QStringLiteral("any");
    if (statuses == Refusals)
        return QStringLiteral("4xx, in a 200");
    const std::pair<unsigned, const char *> names[] = {
        {On400, "400"}, {On401, "401"},      {On402, "402"}, {On403, "403"},        {On404, "404"},
        {On429, "429"}, {OnOther4xx, "4xx"}, {On5xx, "5xx"}, {InStream, "in a 200"}};
    QStringList found;
    if ((statuses & On4xx) == On4xx) {
        found.append(QStringLiteral("4xx"));
        statuses &= ~unsigned(On4xx);
    }
    for (const auto &[status, name] : names) {
        if (statuses & status)
            found.append(QLatin1String(name));
    }
    return found.join(QLatin1String(", "));
}

/// What a person may call it, also where the log has only a status.
QString nameOf(const CauseSpec &spec)
{
    if (*spec.words)
        return QString::fromUtf8(spec.words);
    return spec.cause == Cause::UpstreamTrouble ? QStringLiteral("trouble at the upstream")
                                                : QStringLiteral("the request itself is wrong");
}

QString causeTable()
{
    QString text = QStringLiteral("| kind | what Keywheel does |\n| --- | --- |\n");
    for (int cause = 1; cause <= int(Cause::ResponseTimeout); ++cause) {
        const CauseSpec &spec = causeSpec(Cause(cause));
        text += QStringLiteral("| %1 | %2 |\n").arg(nameOf(spec), QString::fromUtf8(spec.followUp));
    }
    return text;
}

QString errorTable(std::span<const KnownError> rows)
{
    QString text = QStringLiteral("| provider | code or words | status | kind | source |\n"
                                  "| --- | --- | --- | --- | --- |\n");
    for (const KnownError &row : rows) {
        const QString said = row.where == KnownError::Where::Code
                                 ? QStringLiteral("`%1`").arg(QString::fromUtf8(row.text))
                                 : QStringLiteral("“%1”").arg(QString::fromUtf8(row.text));
        text += QStringLiteral("| %1 | %2 | %3 | %4 | %5 |\n")
                    .arg(QString::fromUtf8(row.provider), said, statusText(row.statuses),
                         nameOf(causeSpec(row.cause)), QString::fromUtf8(row.source));
    }
    return text;
}

QString page()
{
    const QString begin = QStringLiteral(
        "# What each kind of refusal does\n\n"
        "Keywheel decides by what an answer says, then by its status. This page is made from the "
        "program's\nown tables (`core/verdict`); after a change of them run "
        "`KEYWHEEL_UPDATE_DOCS=1\nbuild/release/tests/test_errorpage`.\n\n"
        "An answer that matches no row counts by its status: 401 is an invalid key (one such "
        "answer "
        "does not\ncondemn a key that has succeeded before), 402 is out of quota, 403 that names a "
        "key, an account or a\npermission is not permitted with this key, 429 is a rate limit, "
        "500, "
        "502–504 and 520–529 are trouble\nat the upstream, and all other 4xx are passed on. 504 "
        "and "
        "524 of a POST are passed on as well, since\nthe request may have been billed.\n\n"
        "## Kinds\n\n");
    const std::pair<const char *, std::span<const KnownError>> parts[] = {
        {"OpenAI, and services that copy its words", openAiErrors()},
        {"Services and gateways with OpenAI's API and words of their own", kinErrors()},
        {"Anthropic", anthropicErrors()},
        {"Gemini", geminiErrors()}};
    QString text = begin + causeTable();
    for (const auto &[title, rows] : parts)
        text += QStringLiteral("\n## %1\n\n").arg(QString::fromUtf8(title)) + errorTable(rows);
    return text;
}

} // namespace

/// docs/provider-errors.md shows the tables as the program knows them.
class TestErrorPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isCurrent()
    {
        QFile file(QStringLiteral(KEYWHEEL_ERROR_PAGE));
        if (qEnvironmentVariableIsSet("KEYWHEEL_UPDATE_DOCS")) {
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(page().toUtf8());
            return;
        }
        QVERIFY2(file.open(QIODevice::ReadOnly), KEYWHEEL_ERROR_PAGE);
        QCOMPARE(QString::fromUtf8(file.readAll()), page());
    }
};

QTEST_APPLESS_MAIN(TestErrorPage)
#include "test_errorpage.moc"
