// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFile>
#include <QFontDatabase>
#include <QImage>
#include <QPainter>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

namespace {

struct Message
{
    QString context;
    QString source;
    QStringList forms; ///< one, or one for each number
    bool finished = true;

    QString name() const { return context + QLatin1String(": ") + source; }
};

QString tsFile(const QString &language)
{
    return QStringLiteral(SOURCE_FOLDER "/translations/keywheel_%1.ts").arg(language);
}

/// A text of its own, which may have several lines, or one <numerusform> for each number.
QStringList readForms(QXmlStreamReader &xml)
{
    QStringList forms;
    QString text;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isEndElement())
            break;
        if (xml.isStartElement())
            forms.append(xml.readElementText());
        else if (xml.isCharacters())
            text += xml.text();
    }
    if (forms.isEmpty())
        forms.append(text);
    forms.removeAll(QString());
    return forms;
}

Message readMessage(QXmlStreamReader &xml, const QString &context)
{
    Message message{context, {}, {}, true};
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("source")) {
            message.source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            message.finished = !xml.attributes().hasAttribute(QStringLiteral("type"));
            message.forms = readForms(xml);
        } else {
            xml.skipCurrentElement();
        }
    }
    return message;
}

QList<Message> readMessages(const QString &file)
{
    QFile ts(file);
    if (!ts.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&ts);
    QList<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == QLatin1String("name"))
            context = xml.readElementText();
        else if (xml.name() == QLatin1String("message"))
            messages.append(readMessage(xml, context));
    }
    return messages;
}

QStringList names(const QList<Message> &messages)
{
    QStringList names;
    for (const Message &message : messages)
        names.append(message.name());
    return names;
}

/// %1, %2 and %n, each once.
QStringList placeholders(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("%[0-9n]"));
    QStringList found;
    for (const QRegularExpressionMatch &match : form.globalMatch(text))
        found.append(match.captured());
    found.sort();
    found.removeDuplicates();
    return found;
}

bool hasMnemonic(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("&[A-Za-z0-9]"));
    return form.match(text).hasMatch();
}

/// All that core and app write, each text on one line.
QString sourceTexts()
{
    static const QRegularExpression join(QStringLiteral("\"\\s*\""));
    QString all;
    for (const char *folder : {"core", "app"}) {
        QDirIterator files(QStringLiteral(SOURCE_FOLDER "/%1").arg(QLatin1String(folder)),
                           {QStringLiteral("*.cpp")}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly))
                all += QString::fromUtf8(file.readAll());
        }
    }
    return all.remove(join);
}

/// The longest of what stands between the places.
QString longestWords(const QString &text)
{
    static const QRegularExpression place(QStringLiteral("%[0-9]"));
    QString longest;
    for (const QString &words : text.split(place))
        if (words.size() > longest.size())
            longest = words;
    return longest;
}

QString report(const QStringList &texts)
{
    return QStringLiteral("%1:\n  %2").arg(texts.size()).arg(texts.join(QLatin1String("\n  ")));
}

QImage drawn(const QString &text, const QFont &font)
{
    QImage image(32, 32, QImage::Format_Grayscale8);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setFont(font);
    painter.drawText(image.rect(), Qt::AlignCenter, text);
    return image;
}

} // namespace

/// Run `make translations` and translate what is unfinished when this fails.
class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void coverTheSources_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QStringList>("options");
        QTest::newRow("zh_CN") << QStringLiteral("zh_CN") << QStringList();
        QTest::newRow("en") << QStringLiteral("en") << QStringList{QStringLiteral("-pluralonly")};
    }

    void coverTheSources()
    {
        QFETCH(QString, language);
        QFETCH(QStringList, options);
        const QTemporaryDir folder;
        const QString fresh = folder.filePath(QStringLiteral("keywheel_%1.ts").arg(language));
        QVERIFY(QFile::copy(tsFile(language), fresh));
        QVERIFY(QFile::setPermissions(fresh, QFile::ReadOwner | QFile::WriteOwner));
        QProcess lupdate;
        lupdate.setWorkingDirectory(QStringLiteral(SOURCE_FOLDER));
        lupdate.start(QStringLiteral(LUPDATE),
                      QStringList{QStringLiteral("-silent"), QStringLiteral("-no-obsolete"),
                                  QStringLiteral("-locations"), QStringLiteral("none"),
                                  QStringLiteral("ui"), QStringLiteral("app"),
                                  QStringLiteral("core"), QStringLiteral("-ts"), fresh} +
                          options);
        QVERIFY(lupdate.waitForFinished());
        QCOMPARE(lupdate.exitCode(), 0);

        QStringList unfinished;
        const QList<Message> wanted = readMessages(fresh);
        QVERIFY(!wanted.isEmpty());
        for (const Message &message : wanted)
            if (!message.finished || message.forms.isEmpty())
                unfinished.append(message.name());
        QVERIFY2(unfinished.isEmpty(),
                 qPrintable(QStringLiteral("not translated, ") + report(unfinished)));
        QStringList left = names(readMessages(tsFile(language)));
        for (const QString &name : names(wanted))
            left.removeAll(name);
        QVERIFY2(left.isEmpty(), qPrintable(QStringLiteral("no longer in use, ") + report(left)));
    }

    void keepPlaceholdersAndMnemonics()
    {
        QStringList wrong;
        for (const Message &message : readMessages(tsFile(QStringLiteral("zh_CN"))))
            for (const QString &form : message.forms)
                if (placeholders(form) != placeholders(message.source) ||
                    hasMnemonic(form) != hasMnemonic(message.source))
                    wrong.append(message.name());
        QVERIFY2(wrong.isEmpty(), qPrintable(report(wrong)));
    }

    /// The window knows core's sentences by their words (ui/backend/coretext.cpp).
    void knowWhatCoreSays()
    {
        const QString sources = sourceTexts();
        QStringList gone;
        for (const Message &message : readMessages(tsFile(QStringLiteral("zh_CN"))))
            if (message.context == QLatin1String("CoreText") &&
                !sources.contains(longestWords(message.source)))
                gone.append(message.source);
        QVERIFY2(gone.isEmpty(), qPrintable(report(gone)));
    }

    void areInTheProgram()
    {
        QTranslator chinese;
        QVERIFY(chinese.load(QStringLiteral(":/i18n/keywheel_zh_CN.qm")));
        QCOMPARE(chinese.translate("Settings", "Port"), QStringLiteral("端口"));
        QTranslator english;
        QVERIFY(english.load(QStringLiteral(":/i18n/keywheel_en.qm")));
        QCOMPARE(english.translate("Settings", "%n hour(s)", nullptr, 1),
                 QStringLiteral("%n hour"));
        QCOMPARE(english.translate("Settings", "%n hour(s)", nullptr, 2),
                 QStringLiteral("%n hours"));
    }

    void renderInChinese()
    {
        const QStringList families = QFontDatabase::families(QFontDatabase::SimplifiedChinese);
        if (families.isEmpty())
            QSKIP("no font with Chinese glyphs is installed (Debian: fonts-noto-cjk)");
        const QFont font(families.first());
        QStringList missing;
        for (const Message &message : readMessages(tsFile(QStringLiteral("zh_CN"))))
            for (const QString &form : message.forms)
                for (const QChar c : form)
                    if (c.unicode() >= 0x2e80 && !QFontMetrics(font).inFont(c))
                        missing.append(c);
        missing.removeDuplicates();
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char(' '))));
        // Characters that no font has all look like the same empty box.
        QVERIFY(drawn(QStringLiteral("设"), font) != drawn(QStringLiteral("置"), font));
        QVERIFY(drawn(QStringLiteral("设"), font) != drawn(QStringLiteral(" "), font));
    }
};

QTEST_MAIN(TestTranslations)
#include "test_translations.moc"
