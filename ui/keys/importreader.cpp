// SPDX-License-Identifier: GPL-3.0-or-later
#include "importreader.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QPointer>
#include <QThreadPool>

namespace keywheel {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("ImportReader", text);
}

void addText(const QByteArray &text, const QString &source, ImportPlan *plan, QStringList *errors)
{
    const QString name =
        source.isEmpty() ? translated(QT_TRANSLATE_NOOP("ImportReader", "The text")) : source;
    if (text.size() > ImportReader::LargestInput) {
        errors->append(
            translated(QT_TRANSLATE_NOOP("ImportReader",
                                         "%1 is larger than 16 MB and hardly a list of keys."))
                .arg(name));
        return;
    }
    const KeyImport found = parseKeyImport(text);
    if (found.keys.isEmpty())
        errors->append(
            translated(QT_TRANSLATE_NOOP("ImportReader", "No key was found in: %1")).arg(name));
    plan->add(found, source);
}

void addFile(const QString &path, ImportPlan *plan, QStringList *errors)
{
    const QString name = QFileInfo(path).fileName();
    QFile file(path);
    // Pipes and devices may never end.
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) {
        errors->append(translated(QT_TRANSLATE_NOOP("ImportReader", "%1 cannot be read."))
                           .arg(name.isEmpty() ? path : name));
        return;
    }
    addText(file.read(ImportReader::LargestInput + 1), name, plan, errors);
}

} // namespace

void ImportReader::read(const QByteArray &text, const QStringList &files, const ImportPlan &plan)
{
    QThreadPool::globalInstance()->start([text, files, plan, self = QPointer(this)] {
        ImportPlan read = plan;
        QStringList errors;
        if (!text.isEmpty())
            addText(text, {}, &read, &errors);
        for (const QString &file : files)
            addFile(file, &read, &errors);
        const auto tell = [read, errors, self] {
            if (self)
                Q_EMIT self->done(read, errors);
        };
        QMetaObject::invokeMethod(QCoreApplication::instance(), tell, Qt::QueuedConnection);
    });
}

} // namespace keywheel
