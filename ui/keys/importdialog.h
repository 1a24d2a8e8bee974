// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "importmodel.h"
#include "importreader.h"
#include "keyimporter.h"

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;

namespace keywheel {

class MessageBar;
class PasteField;

/// Takes keys from text and files, shows what would be imported, and imports it. Shows keys as
/// previews only, and forgets them when it closes. Show it with open(). Thread: the window's;
/// `backend` must outlive it.
class ImportDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ImportDialog(Backend &backend, QWidget *parent = nullptr);

    void importText(const QByteArray &text);
    void importFiles(const QStringList &paths);

    /// While keys are stored it only stops that.
    void done(int result) override;

protected:
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void setUp();
    void connectParts();
    void retranslate();
    bool isStoring();
    void read();
    void showPlan(const ImportPlan &plan, const QStringList &errors);
    void showSummary();
    void openFiles();
    void startImport();
    void showResult(const Backend::Added &stored, const QString &error);
    void followState(); ///< enables what makes sense now
    void forget();
    ImportPlan freshPlan() const;

    Backend &backend_;
    ImportReader reader_;
    KeyImporter importer_;
    ImportModel model_;
    ImportPlan plan_;
    QByteArray text_;   ///< what has not been read yet
    QStringList files_; ///< the same
    bool reading_ = false;

    QLabel *intro_;
    PasteField *field_;
    QPushButton *preview_;
    QPushButton *open_;
    MessageBar *message_;
    QLabel *summary_;
    QTableView *table_;
    QProgressBar *progress_;
    QPushButton *import_;
    QPushButton *close_;
};

} // namespace keywheel
