// SPDX-License-Identifier: GPL-3.0-or-later
#include "keyhealthcard.h"

#include "widgets/keystate.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QStyle>

#include <numeric>

namespace keywheel {

/// A stacked bar of the counts.
class KeyHealthCard::Bar : public QWidget
{
public:
    Bar()
    {
        setFixedHeight(14);
        setObjectName(QStringLiteral("keyHealthBar"));
    }

    void setCounts(const std::array<int, States> &counts)
    {
        if (counts_ == counts)
            return;
        counts_ = counts;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        QPainterPath outline;
        outline.addRoundedRect(rect(), height() / 2.0, height() / 2.0);
        painter.setClipPath(outline);
        painter.fillRect(rect(), palette().color(QPalette::Window));
        const int total = std::accumulate(counts_.cbegin(), counts_.cend(), 0);
        int before = 0;
        for (int state = 0; state < States && total > 0; ++state) {
            const int count = counts_[std::size_t(state)];
            const double from = double(width()) * before / total;
            const double to = double(width()) * (before + count) / total;
            before += count;
            const double gap = before < total ? 2 : 0; // parts are told apart without colours
            if (count > 0)
                painter.fillRect(QRectF(from, 0, std::max(to - from - gap, 1.0), height()),
                                 keyStateColor(KeyState(state), palette()));
        }
    }

private:
    std::array<int, States> counts_{};
};

KeyHealthCard::KeyHealthCard(QWidget *parent)
    : Card(parent),
      total_(new QLabel),
      bar_(new Bar),
      blacklist_(new QPushButton)
{
    head()->addWidget(total_);
    body()->addWidget(bar_);
    auto *row = new QHBoxLayout;
    for (std::size_t state = 0; state < States; ++state) {
        icons_[state] = new QLabel;
        words_[state] = new QLabel;
        words_[state]->setObjectName(QStringLiteral("keys%1").arg(state));
        row->addWidget(icons_[state]);
        row->addWidget(words_[state]);
        row->addSpacing(14);
    }
    row->addStretch();
    blacklist_->setObjectName(QStringLiteral("showBlacklist"));
    row->addWidget(blacklist_);
    // The line is as high with the button as without it.
    QSizePolicy policy = blacklist_->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    blacklist_->setSizePolicy(policy);
    body()->addLayout(row);
    connect(blacklist_, &QPushButton::clicked, this, &KeyHealthCard::blacklistWanted);
    applyPalette();
}

void KeyHealthCard::retranslate()
{
    setTitle(tr("Keys"));
    blacklist_->setText(tr("Show &blacklist"));
}

void KeyHealthCard::setKeys(const QList<KeySnapshot> &keys)
{
    std::array<int, States> counts{};
    for (const KeySnapshot &key : keys)
        ++counts[std::size_t(key.state)];
    bar_->setCounts(counts);
    const QStringList words{tr("%1 healthy"), tr("%1 cooling down"), tr("%1 out of use"),
                            tr("%1 disabled")};
    QStringList all;
    for (std::size_t state = 0; state < States; ++state) {
        const QString text = words[qsizetype(state)].arg(locale().toString(counts[state]));
        words_[state]->setText(text);
        all.append(text);
    }
    total_->setText(tr("%1 in all").arg(locale().toString(keys.size())));
    blacklist_->setVisible(counts[std::size_t(KeyState::Available)] < keys.size());
    setAccessibleDescription(all.join(tr(", ")));
}

void KeyHealthCard::changeEvent(QEvent *event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        applyPalette();
}

void KeyHealthCard::applyPalette()
{
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    for (std::size_t state = 0; state < States; ++state)
        icons_[state]->setPixmap(keyStateIcon(KeyState(state), palette())
                                     .pixmap(QSize(size, size), devicePixelRatioF()));
}

} // namespace keywheel
