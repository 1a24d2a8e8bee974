// SPDX-License-Identifier: GPL-3.0-or-later
// What a row shows; how rows are kept up to date stands in keytablerows.cpp.
#include "keytablemodel.h"

#include "backend/coretext.h"
#include "common/redact.h"
#include "widgets/keystate.h"

#include <QLocale>

namespace keywheel {

namespace {

constexpr int LongestLabel = 100;

bool isNumber(int column)
{
    return column == KeyTableModel::ReturnColumn || column == KeyTableModel::SuccessColumn ||
           column == KeyTableModel::FailureColumn || column == KeyTableModel::ShareColumn;
}

int alignment(int column)
{
    if (isNumber(column))
        return int(Qt::AlignVCenter | Qt::AlignRight);
    // Not left, where it would touch the numbers before it.
    return int(Qt::AlignVCenter |
               (column == KeyTableModel::LastUsedColumn ? Qt::AlignHCenter : Qt::AlignLeft));
}

/// The time alone when it was today.
QString shortTime(const QDateTime &time, const QDateTime &now)
{
    const QDateTime local = time.toLocalTime();
    return local.date() == now.toLocalTime().date()
               ? local.time().toString(u"HH:mm:ss")
               : QLocale().toString(local, QLocale::ShortFormat);
}

/// Texts of an upstream must not be taken for HTML.
QString plainToolTip(const QStringList &lines)
{
    QStringList escaped;
    for (const QString &line : lines) {
        if (!line.isEmpty())
            escaped.append(line.toHtmlEscaped());
    }
    return escaped.isEmpty() ? QString() : QStringLiteral("<qt>%1</qt>").arg(escaped.join(u"<br>"));
}

} // namespace

int KeyTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(rows_.size());
}

int KeyTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant KeyTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = rows_.at(index.row());
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case Qt::EditRole:
        return column == LabelColumn ? row.key.label : text(row, column);
    case Qt::DecorationRole:
        return column == StateColumn ? QVariant(icons_.at(size_t(row.key.state))) : QVariant();
    case Qt::TextAlignmentRole:
        return alignment(column);
    case Qt::ToolTipRole:
        return toolTip(row, column);
    case SortRole:
        return sortValue(row, column);
    default:
        return {};
    }
}

QVariant KeyTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignment(section);
    if (role == Qt::ToolTipRole && section == ShareColumn)
        return tr("Part of the successes of all keys");
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case LabelColumn:
        return tr("Label");
    case KeyColumn:
        return tr("Key");
    case StateColumn:
        return tr("State");
    case ReturnColumn:
        return tr("Back in");
    case SuccessColumn:
        return tr("Successes");
    case FailureColumn:
        return tr("Failures");
    case ShareColumn:
        return tr("Share");
    case LastUsedColumn:
        return tr("Last used");
    case OrganizationColumn:
        return tr("Organization");
    case CheckColumn:
        return tr("Last check");
    case ColumnCount:
        break;
    }
    return {};
}

Qt::ItemFlags KeyTableModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.column() == LabelColumn ? flags | Qt::ItemIsEditable : flags;
}

bool KeyTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || index.column() != LabelColumn || role != Qt::EditRole)
        return false;
    const QString label = Redactor().redact(value.toString().simplified()).left(LongestLabel);
    KeySnapshot &key = rows_[index.row()].key;
    if (label == key.label)
        return true;
    key.label = label;
    const QString fingerprint = key.fingerprint;
    Q_EMIT dataChanged(index, index);
    Q_EMIT labelEdited(fingerprint, label);
    return true;
}

QString KeyTableModel::text(const Row &row, Column column) const
{
    const KeySnapshot &key = row.key;
    switch (column) {
    case LabelColumn:
        return key.label;
    case KeyColumn:
        return key.preview;
    case StateColumn:
        return keyStateText(key);
    case ReturnColumn:
        return key.state == KeyState::CoolingDown ? remaining(key.until, now_) : QString();
    case SuccessColumn:
        return QLocale().toString(key.successes);
    case FailureColumn:
        return QLocale().toString(key.failures);
    case ShareColumn:
        return row.share < 0 ? QString()
                             : tr("%1 %").arg(QLocale().toString(row.share / 10.0, 'f', 1));
    case LastUsedColumn:
        return key.lastUsed.isNull() ? tr("Never") : shortTime(key.lastUsed, now_);
    case OrganizationColumn:
        return row.mates < 2 ? QString::fromUtf8(key.organization)
                             : tr("%1 (%n keys share its limits)", nullptr, row.mates)
                                   .arg(QString::fromUtf8(key.organization));
    case CheckColumn:
        return checkText(key.fingerprint);
    case ColumnCount:
        break;
    }
    return {};
}

QString KeyTableModel::checkText(const QString &fingerprint) const
{
    const auto check = checks_.constFind(fingerprint);
    if (check == checks_.cend())
        return {};
    if (check->running)
        return tr("Checking…");
    const auto withReason = [&](const QString &word) {
        return check->result.reason.isEmpty()
                   ? word
                   : tr("%1: %2").arg(word, coreText(check->result.reason));
    };
    switch (check->result.outcome) {
    case Backend::Checked::Outcome::Good:
        return tr("Good");
    case Backend::Checked::Outcome::Bad:
        return withReason(tr("Bad"));
    case Backend::Checked::Outcome::Limited:
        return withReason(tr("Over a limit"));
    case Backend::Checked::Outcome::Unknown:
        break;
    }
    return withReason(tr("Could not be checked"));
}

QString KeyTableModel::toolTip(const Row &row, Column column) const
{
    const KeySnapshot &key = row.key;
    switch (column) {
    case StateColumn:
    case ReturnColumn:
        return plainToolTip(
            {keyStateText(key), coreText(key.reason),
             key.since.isNull()
                 ? QString()
                 : tr("Since %1")
                       .arg(QLocale().toString(key.since.toLocalTime(), QLocale::ShortFormat))});
    case LastUsedColumn:
        return key.lastUsed.isNull()
                   ? QString()
                   : QLocale().toString(key.lastUsed.toLocalTime(), QLocale::LongFormat);
    case OrganizationColumn:
        return row.mates < 2
                   ? QString()
                   : plainToolTip({tr("%n keys belong to this organization. They share its limits: "
                                      "when one is over a limit, the others are too.",
                                      nullptr, row.mates)});
    case CheckColumn:
        return plainToolTip({checkText(key.fingerprint)});
    default:
        return {};
    }
}

QVariant KeyTableModel::sortValue(const Row &row, Column column) const
{
    const KeySnapshot &key = row.key;
    switch (column) {
    case StateColumn:
        return int(key.state) * 10 + int(key.fault);
    case ReturnColumn:
        return key.until.isNull() ? std::numeric_limits<qint64>::max()
                                  : key.until.toMSecsSinceEpoch();
    case SuccessColumn:
    case ShareColumn:
        return key.successes;
    case FailureColumn:
        return key.failures;
    case LastUsedColumn:
        return key.lastUsed.isNull() ? qint64(0) : key.lastUsed.toMSecsSinceEpoch();
    case OrganizationColumn:
        return QString::fromUtf8(key.organization);
    case CheckColumn: {
        // Not its text, which takes long to make: a sort asks often.
        const auto check = checks_.constFind(key.fingerprint);
        if (check == checks_.cend())
            return QString();
        return check->running ? QStringLiteral("-")
                              : QString::number(int(check->result.outcome)) + check->result.reason;
    }
    default:
        return text(row, column);
    }
}

} // namespace keywheel
