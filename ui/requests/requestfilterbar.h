// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/requestfilter.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace keywheel {

struct KeySnapshot;

/// Where a person says which requests to show.
class RequestFilterBar : public QWidget
{
    Q_OBJECT

public:
    explicit RequestFilterBar(QWidget *parent = nullptr);

    const RequestConditions &conditions() const { return conditions_; }
    void setConditions(const RequestConditions &conditions);
    /// What there is to choose from. A choice that is gone stays in force.
    void setKeys(const QList<KeySnapshot> &keys);
    void setPaths(const QStringList &paths);
    void focusSearch();
    void retranslate();

Q_SIGNALS:
    void conditionsChanged();
    /// The list of paths is about to be looked at: now is the time for setPaths().
    void pathsWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void readFields();
    void showConditions();

    RequestConditions conditions_;
    QLineEdit *search_;
    QComboBox *outcome_;
    QComboBox *key_;
    QComboBox *path_;
};

} // namespace keywheel
