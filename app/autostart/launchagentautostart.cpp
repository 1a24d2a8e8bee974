// SPDX-License-Identifier: GPL-3.0-or-later
#include "autostart/launchagentautostart.h"

#include "autostart/entryfile.h"

#include <QFile>
#include <QXmlStreamWriter>

namespace keywheel {

namespace {

QString label()
{
    return QStringLiteral("keywheel.login");
}

} // namespace

LaunchAgentAutostart::LaunchAgentAutostart(const QString &home, const QString &program)
    : fileName_(home + QStringLiteral("/Library/LaunchAgents/%1.plist").arg(label())),
      program_(program)
{
}

bool LaunchAgentAutostart::isEnabled() const
{
    return QFile::exists(fileName_);
}

void LaunchAgentAutostart::setEnabled(bool enabled, bool minimised)
{
    Q_EMIT finished(enabled ? writeEntry(fileName_, propertyList(minimised))
                            : removeEntry(fileName_));
}

QByteArray LaunchAgentAutostart::propertyList(bool minimised) const
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
    xml.writeTextElement(QStringLiteral("string"), program_);
    if (minimised)
        xml.writeTextElement(QStringLiteral("string"), QStringLiteral("--minimized"));
    xml.writeEndElement();
    xml.writeTextElement(QStringLiteral("key"), QStringLiteral("RunAtLoad"));
    xml.writeEmptyElement(QStringLiteral("true"));
    xml.writeEndDocument();
    return text;
}

} // namespace keywheel
