// SPDX-License-Identifier: GPL-3.0-or-later
#include "importdialog.h"

#include "keydrop.h"
#include "messagebar.h"
#include "pastefield.h"
#include "widgets/textwidth.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace keywheel {

ImportDialog::ImportDialog(Backend &backend, QWidget *parent)
    : QDialog(parent),
      backend_(backend),
      importer_(backend),
      intro_(new QLabel(this)),
      field_(new PasteField(this)),
      preview_(new QPushButton(this)),
      open_(new QPushButton(this)),
      message_(new MessageBar(this)),
      summary_(new QLabel(this)),
      table_(new QTableView(this)),
      progress_(new QProgressBar(this)),
      import_(new QPushButton(this)),
      close_(new QPushButton(this))
{
    setAcceptDrops(true);
    setUp();
    connectParts();
    retranslate();
    forget();
    const int character = textWidth(*this, 1);
    resize(110 * character, 30 * fontMetrics().height());
}

void ImportDialog::setUp()
{
    field_->setObjectName(QStringLiteral("pasteField"));
    preview_->setObjectName(QStringLiteral("previewButton"));
    open_->setObjectName(QStringLiteral("openButton"));
    message_->setObjectName(QStringLiteral("importMessage"));
    summary_->setObjectName(QStringLiteral("importSummary"));
    table_->setObjectName(QStringLiteral("importTable"));
    progress_->setObjectName(QStringLiteral("importProgress"));
    import_->setObjectName(QStringLiteral("importButton"));
    close_->setObjectName(QStringLiteral("closeButton"));
    const int line = fontMetrics().height();
    const int character = textWidth(*this, 1);
    intro_->setWordWrap(true);
    intro_->setBuddy(field_);
    field_->setMaximumHeight(4 * line);
    summary_->setWordWrap(true);
    progress_->hide();
    import_->setDefault(true);
    preview_->setAutoDefault(false);
    open_->setAutoDefault(false);
    close_->setAutoDefault(false);

    table_->setModel(&model_);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setTabKeyNavigation(false);
    table_->setShowGrid(false);
    table_->setWordWrap(false);
    table_->setAlternatingRowColors(true);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(line * 3 / 2);
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->horizontalHeader()->setHighlightSections(false);
    for (const auto &[column, width] : {std::pair(ImportModel::WhatColumn, 18),
                                        {ImportModel::KeyColumn, 18},
                                        {ImportModel::LabelColumn, 20},
                                        {ImportModel::PlaceColumn, 20}})
        table_->setColumnWidth(column, width * character);

    auto *sources = new QVBoxLayout;
    sources->addWidget(preview_);
    sources->addWidget(open_);
    sources->addStretch();
    auto *top = new QHBoxLayout;
    top->addWidget(field_, 1);
    top->addLayout(sources);
    auto *bottom = new QHBoxLayout;
    bottom->addWidget(progress_, 1);
    bottom->addStretch();
    bottom->addWidget(import_);
    bottom->addWidget(close_);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(intro_);
    layout->addLayout(top);
    layout->addWidget(message_);
    layout->addWidget(table_, 1);
    layout->addWidget(summary_);
    layout->addLayout(bottom);
}

void ImportDialog::connectParts()
{
    connect(field_, &PasteField::textGiven, this, &ImportDialog::importText);
    connect(field_, &PasteField::filesGiven, this, &ImportDialog::importFiles);
    connect(field_, &QPlainTextEdit::textChanged, this, &ImportDialog::followState);
    connect(preview_, &QPushButton::clicked, this, [this] { importText(field_->take()); });
    connect(open_, &QPushButton::clicked, this, &ImportDialog::openFiles);
    connect(import_, &QPushButton::clicked, this, &ImportDialog::startImport);
    connect(close_, &QPushButton::clicked, this, &ImportDialog::reject);
    connect(&reader_, &ImportReader::done, this, &ImportDialog::showPlan);
    connect(&importer_, &KeyImporter::progress, this, [this](int done, int total) {
        progress_->setMaximum(total);
        progress_->setValue(done);
    });
    connect(&importer_, &KeyImporter::finished, this, &ImportDialog::showResult);
}

void ImportDialog::retranslate()
{
    setWindowTitle(tr("Import keys"));
    intro_->setText(tr("&Paste your API keys, or any text or table that holds them. You can also "
                       "drop files here."));
    field_->setPlaceholderText(tr("Keys that you paste are listed below, not shown here."));
    field_->setAccessibleName(tr("Keys to import"));
    preview_->setText(tr("&Add to list"));
    open_->setText(tr("&Open file…"));
    table_->setAccessibleName(tr("Found keys"));
    progress_->setAccessibleName(tr("Import progress"));
    message_->retranslate();
    model_.setRows(plan_.rows());
    showSummary();
    followState();
}

void ImportDialog::importText(const QByteArray &text)
{
    if (isStoring())
        return;
    if (text.trimmed().isEmpty()) {
        message_->tell(MessageBar::Kind::Error, tr("There is no text to take keys from."));
        return;
    }
    text_ += text_.isEmpty() ? text : '\n' + text;
    read();
}

void ImportDialog::importFiles(const QStringList &paths)
{
    if (isStoring())
        return;
    files_ += paths;
    read();
}

/// Then nothing more can be taken, which is said.
bool ImportDialog::isStoring()
{
    if (importer_.isRunning())
        message_->tell(MessageBar::Kind::Error,
                       tr("Keys are being imported. Try again when that is done."));
    return importer_.isRunning();
}

void ImportDialog::read()
{
    if (reading_ || (text_.isEmpty() && files_.isEmpty()))
        return;
    reading_ = true;
    message_->hide();
    importer_.forget(); // of a try that failed; the plan has them
    reader_.read(std::exchange(text_, {}), std::exchange(files_, {}),
                 plan_.isEmpty() ? freshPlan() : plan_);
    followState();
    showSummary();
}

ImportPlan ImportDialog::freshPlan() const
{
    QSet<QString> present;
    for (const KeySnapshot &key : backend_.snapshot().keys)
        present.insert(key.fingerprint);
    return ImportPlan(present);
}

void ImportDialog::showPlan(const ImportPlan &plan, const QStringList &errors)
{
    if (!std::exchange(reading_, false))
        return; // closed meanwhile
    plan_ = plan;
    model_.setRows(plan_.rows());
    if (!errors.isEmpty())
        message_->tell(MessageBar::Kind::Error, errors.join(QLatin1Char('\n')));
    showSummary();
    followState();
    read(); // what came meanwhile
}

void ImportDialog::showSummary()
{
    if (reading_ || plan_.isEmpty()) {
        summary_->setText(reading_ ? tr("Reading…") : QString());
        return;
    }
    QStringList parts{tr("%n new key(s)", nullptr, int(plan_.newKeys().size()))};
    if (plan_.presentKeys() > 0)
        parts.append(tr("%n already there", nullptr, int(plan_.presentKeys())));
    if (plan_.repeated() > 0)
        parts.append(tr("%n repeated", nullptr, int(plan_.repeated())));
    if (plan_.rejected() > 0)
        parts.append(tr("%n not taken", nullptr, int(plan_.rejected())));
    summary_->setText(parts.join(tr(", ")));
}

void ImportDialog::openFiles()
{
    // Not modal to a nested loop: the program may end meanwhile.
    auto *dialog = new QFileDialog(this, tr("Open files with keys"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &ImportDialog::importFiles);
    dialog->open();
}

void ImportDialog::startImport()
{
    message_->hide();
    if (const QByteArray typed = field_->take(); !typed.trimmed().isEmpty()) {
        importText(typed); // nothing is imported that the list has not shown
        message_->tell(MessageBar::Kind::Done,
                       tr("What you typed is in the list now. Press Import again to store it."));
        return;
    }
    const QList<ApiKey> keys = importer_.left().isEmpty() ? plan_.newKeys() : importer_.left();
    if (keys.isEmpty() || importer_.isRunning())
        return;
    importer_.start(keys);
    followState();
}

void ImportDialog::showResult(const Backend::Added &stored, const QString &error)
{
    const int left = int(importer_.left().size());
    QStringList lines{tr("%n key(s) added.", nullptr, stored.added)};
    const auto present = plan_.presentKeys() + stored.present;
    if (present > 0)
        lines.append(tr("%n already there.", nullptr, int(present)));
    if (plan_.rejected() > 0)
        lines.append(tr("%n not taken.", nullptr, int(plan_.rejected())));
    if (left > 0)
        lines.append(tr("%n not imported yet.", nullptr, left));
    QString text = lines.join(QLatin1Char(' '));
    if (!error.isEmpty())
        text.prepend(error + QLatin1Char('\n'));
    message_->tell(error.isEmpty() ? MessageBar::Kind::Done : MessageBar::Kind::Error, text);
    if (left == 0)
        forget();
    followState();
    close_->setFocus(Qt::OtherFocusReason);
}

void ImportDialog::followState()
{
    const bool storing = importer_.isRunning();
    const bool idle = !storing && !reading_;
    const int left = int(importer_.left().size());
    const int count = left > 0 ? left : int(plan_.newKeys().size());
    field_->setEnabled(!storing);
    preview_->setEnabled(idle && !field_->document()->isEmpty());
    open_->setEnabled(!storing);
    progress_->setVisible(storing);
    import_->setEnabled(idle && count > 0);
    import_->setText(count > 0 ? tr("&Import %n key(s)", nullptr, count) : tr("&Import"));
    close_->setText(storing ? tr("&Cancel") : tr("&Close"));
}

/// No key stays in this dialog.
void ImportDialog::forget()
{
    plan_ = ImportPlan();
    importer_.forget();
    model_.setRows({});
    field_->clear();
    text_.clear();
    files_.clear();
    reading_ = false;
    showSummary();
    followState();
}

void ImportDialog::done(int result)
{
    if (importer_.isRunning()) {
        importer_.cancel();
        return;
    }
    forget();
    QDialog::done(result);
}

void ImportDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ImportDialog::dragEnterEvent(QDragEnterEvent *event)
{
    if (!importer_.isRunning() && KeyDrop::canHold(*event->mimeData()))
        KeyDrop::accept(event);
}

void ImportDialog::dropEvent(QDropEvent *event)
{
    if (field_->giveFrom(event->mimeData()))
        KeyDrop::accept(event);
}

} // namespace keywheel
