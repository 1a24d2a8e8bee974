// SPDX-License-Identifier: GPL-3.0-or-later
#include "firstrunpage.h"

#include "keyplacepanel.h"
#include "widgets/servicestate.h"

#include <QClipboard>
#include <QFrame>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace keywheel {

namespace {

constexpr int ReadableWidth = 620;

void enlarge(QLabel *label, qreal factor)
{
    QFont font = label->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * factor);
    label->setFont(font);
}

QHBoxLayout *leftAligned(QWidget *widget)
{
    auto *row = new QHBoxLayout;
    row->addWidget(widget);
    row->addStretch();
    return row;
}

} // namespace

FirstRunPage::FirstRunPage(Backend &backend, QWidget *parent)
    : Page(backend, parent),
      import_(new QPushButton),
      place_(new KeyPlacePanel(backend)),
      demo_(new QPushButton),
      address_(new QLineEdit),
      copy_(new QPushButton)
{
    auto *column = new QWidget;
    column->setMaximumWidth(ReadableWidth);
    auto *list = new QVBoxLayout(column);
    list->addStretch(1);
    welcome_ = addHeading(list);
    enlarge(welcome_, 1.5);
    intro_ = addText(list);

    importHeading_ = addHeading(list);
    importText_ = addText(list);
    list->addLayout(leftAligned(import_));
    list->addWidget(place_);
    addressHeading_ = addHeading(list);
    addressText_ = addText(list);
    auto *row = new QHBoxLayout;
    row->addWidget(address_, 1);
    row->addWidget(copy_);
    list->addLayout(row);
    demoHeading_ = addHeading(list);
    demoText_ = addText(list);
    list->addLayout(leftAligned(demo_));
    list->addStretch(2);

    auto *middle = new QWidget;
    auto *centred = new QHBoxLayout(middle);
    centred->addStretch(1);
    centred->addWidget(column, 20);
    centred->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(middle);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(scroll);

    import_->setObjectName(QStringLiteral("import"));
    import_->setDefault(true);
    demo_->setObjectName(QStringLiteral("demo"));
    address_->setObjectName(QStringLiteral("baseUrl"));
    address_->setReadOnly(true);
    addressText_->setBuddy(address_);
    copy_->setObjectName(QStringLiteral("copyBaseUrl"));
    connect(import_, &QPushButton::clicked, this, &Page::importWanted);
    connect(demo_, &QPushButton::clicked, this, [this] { this->backend().setDemo(true); });
    connect(copy_, &QPushButton::clicked, this, &FirstRunPage::copyAddress);
    FirstRunPage::retranslate();
}

QString FirstRunPage::title() const
{
    return tr("Welcome");
}

void FirstRunPage::refresh(const BackendSnapshot &snapshot)
{
    const QString shown = baseUrl(snapshot);
    if (address_->text() != shown)
        address_->setText(shown);
    addressText_->setText(snapshot.needsAuth
                              ? tr("As the &base URL, with your access key as the API key:")
                              : tr("As the &base URL, with any text as the API key:"));
    place_->refresh(snapshot);
}

void FirstRunPage::retranslate()
{
    welcome_->setText(tr("Welcome to Keywheel"));
    intro_->setText(tr("Keywheel passes the requests of your tools on to an OpenAI-compatible API, "
                       "each with the next of your API keys. It needs at least one."));
    importHeading_->setText(tr("1. Import your API keys"));
    importText_->setText(tr("Paste them, choose a file, or drop one onto this window. You see what "
                            "was found before anything is kept."));
    import_->setText(tr("&Import keys…"));
    place_->retranslate();
    demoHeading_->setText(tr("Just looking?"));
    demoText_->setText(tr("The demo answers your tools itself, with sample keys. It costs nothing, "
                          "and leaves your own keys and settings alone."));
    demo_->setText(tr("Try the &demo"));
    addressHeading_->setText(tr("2. Point your tools at Keywheel"));
    address_->setAccessibleName(tr("Base URL"));
    copy_->setText(copied_ ? tr("Copied") : tr("&Copy"));
}

void FirstRunPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    copied_ = false;
    copy_->setText(tr("&Copy"));
}

QLabel *FirstRunPage::addHeading(QVBoxLayout *layout)
{
    auto *label = new QLabel;
    enlarge(label, 1.1);
    label->setWordWrap(true);
    label->setContentsMargins(0, label->fontMetrics().height(), 0, 0);
    layout->addWidget(label);
    return label;
}

QLabel *FirstRunPage::addText(QVBoxLayout *layout)
{
    auto *label = new QLabel;
    label->setWordWrap(true);
    layout->addWidget(label);
    return label;
}

void FirstRunPage::copyAddress()
{
    QGuiApplication::clipboard()->setText(address_->text());
    copied_ = true;
    copy_->setText(tr("Copied"));
}

} // namespace keywheel
