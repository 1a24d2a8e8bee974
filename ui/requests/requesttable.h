// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace keywheel {

class RequestFilter;

/// The list of requests: newest on top until a header is clicked, and the reader's place is kept
/// when new ones come. Thread: the window's; `filter` must outlive it.
class RequestTable : public QTableView
{
    Q_OBJECT

public:
    explicit RequestTable(RequestFilter &filter, QWidget *parent = nullptr);

    void retranslate();

private:
    void setUpColumns();
    void keepInView(int first, int last);

    RequestFilter &filter_;
};

} // namespace keywheel
