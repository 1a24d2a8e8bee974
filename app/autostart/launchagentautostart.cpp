// SPDX-License-Identifier: GPL-3.0-or-later
#include "systemautostart.h"

#include "common/commitfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QXmlStreamWriter>

namespace keywheel {

namespace {

QString label()
{
    return QStringLiteral("keywheel.login");
}

/// A property list in ~/Library/LaunchAgents, read by launchd at login.
class LaunchAgentAutostart : public Autostart
{
    Q_OBJECT

public:
    bool isEnabled() const override { return QFile::exists(fileName()); }

    void setEnabled(bool enabled, bool minimised) override
    {
        Q_EMIT finished(enabled ? write(minimised) : remove());
    }

private:
    static QString fileName()
    {
        return QDir::homePath() + QStringLiteral("/Library/LaunchAgents/%1.plist").arg(label());
    }

    static QByteArray propertyList(bool minimised)
    {
        QByteArray text;
        QXmlStreamWriter xml(&text);
        xml.setAutoFormatting(true);
        xml.writeStartDocument();
        xml.writeDTD(QStringLiteral("<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
                                    "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">"));
        xml.writeStartElement(QStringLiteral("plist"));
        xml.writeAttribute(QStringLiteral("version"), QStringLiteral("1.0"));
        xml.writeStartElement(QStringLiteral("dict"));
        xml.writeTextElement(QStringLiteral("key"), QStringLiteral("Label"));
        xml.writeTextElement(QStringLiteral("string"), label());
        xml.writeTextElement(QStringLiteral("key"), QStringLiteral("ProgramArguments"));
        xml.writeStartElement(QStringLiteral("array"));
        xml.writeTextElement(QStringLiteral("string"), QCoreApplication::applicationFilePath());
        if (minimised)
            xml.writeTextElement(QStringLiteral("string"), QStringLiteral("--minimized"));
        xml.writeEndElement();
        xml.writeTextElement(QStringLiteral("key"), QStringLiteral("RunAtLoad"));
        xml.writeEmptyElement(QStringLiteral("true"));
        xml.writeEndDocument();
        return text;
    }

    static QString remove()
    {
        QFile file(fileName());
        if (!file.exists() || file.remove())
            return {};
        return tr("%1 cannot be removed: %2").arg(fileName(), file.errorString());
    }

    static QString write(bool minimised)
    {
        QDir().mkpath(QFileInfo(fileName()).path());
        QSaveFile file(fileName());
        if (file.open(QIODevice::WriteOnly) && file.write(propertyList(minimised)) >= 0 &&
            commitFile(file))
            return {};
        return tr("%1 cannot be written: %2").arg(fileName(), file.errorString());
    }
};

} // namespace

std::unique_ptr<Autostart> systemAutostart()
{
    return std::make_unique<LaunchAgentAutostart>();
}

} // namespace keywheel

#include "launchagentautostart.moc"
