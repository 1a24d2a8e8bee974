// SPDX-License-Identifier: GPL-3.0-or-later
#include "formrow.h"

#include "quietlabel.h"
#include "widgets/textwidth.h"

#include <QGridLayout>
#include <QStyle>

#include <algorithm>

namespace keywheel {

FormRow::FormRow(QWidget *editor, QWidget *field, QWidget *parent)
    : QWidget(parent),
      field_(field),
      line_(new QHBoxLayout),
      title_(new QLabel),
      name_(new QuietLabel),
      description_(new QuietLabel),
      noteIcon_(new QLabel),
      noteText_(new QLabel)
{
    title_->setBuddy(field);
    title_->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    name_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    name_->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    description_->setWordWrap(true);
    description_->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    noteText_->setWordWrap(true);
    noteText_->setTextFormat(Qt::PlainText);

    auto *note = new QHBoxLayout;
    note->setSpacing(textWidth(*this, 1));
    note->addWidget(noteIcon_, 0, Qt::AlignTop);
    note->addWidget(noteText_, 1);
    // A line of text takes all the width there is, a button or menu its own.
    const bool wide = editor->sizePolicy().expandingDirections().testFlag(Qt::Horizontal);
    line_->addWidget(editor, 1, wide ? Qt::Alignment() : Qt::AlignLeading);

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setVerticalSpacing(2);
    grid->setHorizontalSpacing(style()->pixelMetric(QStyle::PM_LayoutHorizontalSpacing) * 3);
    grid->addWidget(title_, 0, 0);
    grid->addWidget(name_, 1, 0, 2, 1);
    grid->addLayout(line_, 0, 1);
    grid->addWidget(description_, 1, 1);
    grid->addLayout(note, 2, 1);
    grid->setColumnStretch(1, 1);
    setName({});
    setNote(Note::None, {});
}

void FormRow::setTitle(const QString &title)
{
    title_->setText(title);
    field_->setAccessibleName(QString(title).remove(QLatin1Char('&')));
}

void FormRow::setName(const QString &name)
{
    name_->setText(name);
    name_->setVisible(!name.isEmpty());
}

void FormRow::setDescription(const QString &description)
{
    description_->setText(description);
    description_->setVisible(!description.isEmpty());
    describe();
}

void FormRow::setNote(Note note, const QString &text)
{
    noteIcon_->setVisible(note != Note::None);
    noteText_->setVisible(note != Note::None);
    noteText_->setText(text);
    if (note != Note::None) {
        const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
        const QIcon icon = style()->standardIcon(
            note == Note::Error ? QStyle::SP_MessageBoxCritical : QStyle::SP_MessageBoxInformation);
        noteIcon_->setPixmap(icon.pixmap(QSize(size, size), devicePixelRatio()));
    }
    describe();
}

QString FormRow::note() const
{
    return noteText_->text();
}

int FormRow::titleWidth() const
{
    return std::max(title_->sizeHint().width(), name_->sizeHint().width());
}

void FormRow::setTitleWidth(int width)
{
    title_->setFixedWidth(width);
}

bool FormRow::matches(const QString &search) const
{
    const QString texts = QStringList{QString(title_->text()).remove(QLatin1Char('&')),
                                      name_->text(), description_->text(), keywords()}
                              .join(QLatin1Char('\n'));
    const QStringList words = search.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(words.cbegin(), words.cend(), [&](const QString &word) {
        return texts.contains(word, Qt::CaseInsensitive);
    });
}

/// A screen reader tells a note with the field that it is about.
void FormRow::describe()
{
    QStringList parts{noteText_->text(), description_->text()};
    parts.removeAll(QString());
    field_->setAccessibleDescription(parts.join(QLatin1Char(' ')));
}

} // namespace keywheel
