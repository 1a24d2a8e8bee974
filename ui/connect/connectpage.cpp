// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectpage.h"

#include "testpanel.h"
#include "widgets/servicestate.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

namespace keywheel {

namespace {

/// For the snippets; a person puts in the one of their service.
QString exampleModel()
{
    return QStringLiteral("gpt-5-mini");
}

} // namespace

ConnectPage::ConnectPage(Backend &backend, QWidget *parent) : Page(backend, parent)
{
    setObjectName(QStringLiteral("connectPage"));
    list_ = new QListWidget;
    list_->setObjectName(QStringLiteral("toolList"));
    list_->setSpacing(1);
    for (const Tool &tool : tools())
        list_->addItem(toolName(tool));
    auto *address = buildAddress();
    auto *right = new QSplitter(Qt::Vertical);
    right->setChildrenCollapsible(false);
    test_ = new TestPanel(backend);
    right->addWidget(buildTool());
    right->addWidget(test_);
    right->setStretchFactor(0, 2);
    right->setStretchFactor(1, 1);
    auto *splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(list_);
    splitter->addWidget(right);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({230, 700});
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(address);
    layout->addWidget(splitter, 1);

    copied_ = new QTimer(this);
    copied_->setSingleShot(true);
    copied_->setInterval(std::chrono::seconds(2));
    connect(copied_, &QTimer::timeout, this, &ConnectPage::restoreButtons);
    connect(list_, &QListWidget::currentRowChanged, this, &ConnectPage::showTool);
    connect(copyUrl_, &QPushButton::clicked, this, [this] { copy(target_.baseUrl, copyUrl_); });
    connect(copySnippet_, &QPushButton::clicked, this,
            [this] { copy(snippet_->toPlainText(), copySnippet_); });
    target_.model = exampleModel();
    list_->setCurrentRow(0);
    ConnectPage::retranslate();
    ConnectPage::refresh(backend.snapshot());
}

QWidget *ConnectPage::buildAddress()
{
    urlLabel_ = new QLabel;
    url_ = new QLineEdit;
    url_->setObjectName(QStringLiteral("baseUrl"));
    url_->setReadOnly(true);
    urlLabel_->setBuddy(url_);
    copyUrl_ = new QPushButton;
    copyUrl_->setObjectName(QStringLiteral("copyUrl"));
    auth_ = new QLabel;
    auth_->setObjectName(QStringLiteral("authHint"));
    auth_->setTextFormat(Qt::PlainText);
    auth_->setWordWrap(true);
    auto *address = new QWidget;
    auto *line = new QHBoxLayout;
    line->addWidget(urlLabel_);
    line->addWidget(url_, 1);
    line->addWidget(copyUrl_);
    auto *layout = new QVBoxLayout(address);
    layout->setContentsMargins({});
    layout->addLayout(line);
    layout->addWidget(auth_);
    return address;
}

QWidget *ConnectPage::buildTool()
{
    name_ = new QLabel;
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.2);
    large.setBold(true);
    name_->setFont(large);
    place_ = new QLabel;
    place_->setObjectName(QStringLiteral("toolPlace"));
    note_ = new QLabel;
    note_->setObjectName(QStringLiteral("toolNote"));
    for (QLabel *label : {place_, note_}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    snippet_ = new QPlainTextEdit;
    snippet_->setObjectName(QStringLiteral("snippet"));
    snippet_->setReadOnly(true);
    snippet_->setTabChangesFocus(true);
    snippet_->setLineWrapMode(QPlainTextEdit::NoWrap);
    snippet_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    docs_ = new QLabel;
    docs_->setObjectName(QStringLiteral("toolDocs"));
    docs_->setOpenExternalLinks(true);
    docs_->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    copySnippet_ = new QPushButton;
    copySnippet_->setObjectName(QStringLiteral("copySnippet"));

    auto *head = new QHBoxLayout;
    head->addWidget(name_, 1);
    head->addWidget(docs_);
    head->addWidget(copySnippet_);
    auto *tool = new QWidget;
    auto *layout = new QVBoxLayout(tool);
    layout->setContentsMargins(0, 0, 0, 6);
    layout->addLayout(head);
    layout->addWidget(place_);
    layout->addWidget(snippet_, 1);
    layout->addWidget(note_);
    return tool;
}

QString ConnectPage::title() const
{
    return tr("Connect");
}

void ConnectPage::showTopic(const QString &topic)
{
    for (int row = 0; row < tools().size(); ++row) {
        if (QLatin1String(tools().at(row).id) == topic)
            list_->setCurrentRow(row);
    }
}

void ConnectPage::refresh(const BackendSnapshot &snapshot)
{
    const ToolTarget target{baseUrl(snapshot), snapshot.needsAuth, target_.model};
    if (!(target == target_)) { // else a selection in the snippet would be lost
        target_ = target;
        showTool();
    }
    test_->setRunState(snapshot.run);
}

void ConnectPage::showTool()
{
    url_->setText(target_.baseUrl);
    auth_->setText(
        target_.needsAuth
            ? tr("AUTH_KEY is set: put its value where it says %1.").arg(authPlaceholder())
            : tr("Tools need no key of their own: Keywheel adds one of yours. "
                 "Where a tool insists on an API key, any text will do."));
    const int row = list_->currentRow();
    if (row < 0)
        return;
    const Tool &tool = tools().at(row);
    name_->setText(toolName(tool));
    place_->setText(toolPlace(tool));
    snippet_->setPlainText(toolSnippet(tool, target_));
    snippet_->setAccessibleName(tr("Settings for %1").arg(toolName(tool)));
    note_->setText(toolNote(tool, target_));
    note_->setVisible(!note_->text().isEmpty());
    docs_->setText(QStringLiteral("<a href=\"%1\">%2</a>")
                       .arg(QLatin1String(tool.docs), tr("Documentation").toHtmlEscaped()));
    docs_->setToolTip(QLatin1String(tool.docs));
    docs_->setAccessibleName(tr("Documentation of %1").arg(toolName(tool)));
    restoreButtons();
}

void ConnectPage::copy(const QString &text, QPushButton *button)
{
    QGuiApplication::clipboard()->setText(text);
    restoreButtons();
    button->setText(tr("Copied"));
    copied_->start();
}

void ConnectPage::restoreButtons()
{
    copied_->stop();
    copyUrl_->setText(tr("Copy &URL"));
    copySnippet_->setText(tr("C&opy"));
}

void ConnectPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    restoreButtons(); // no timer runs for what nobody sees
}

void ConnectPage::retranslate()
{
    urlLabel_->setText(tr("&Base URL:"));
    list_->setAccessibleName(tr("Tools"));
    for (int row = 0; row < tools().size(); ++row)
        list_->item(row)->setText(toolName(tools().at(row)));
    test_->retranslate();
    showTool();
}

} // namespace keywheel
