// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tools.h"
#include "widgets/page.h"

class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QTimer;

namespace keywheel {

class TestPanel;

/// How to make other tools use Keywheel: ready snippets, and a request to try it.
class ConnectPage : public Page
{
    Q_OBJECT

public:
    explicit ConnectPage(Backend &backend, QWidget *parent = nullptr);

    QString title() const override;
    /// The id of a tool, such as `aider`.
    void showTopic(const QString &topic) override;

protected:
    void refresh(const BackendSnapshot &snapshot) override;
    void retranslate() override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *buildAddress();
    QWidget *buildTool();
    void showTool();
    void copy(const QString &text, QPushButton *button);
    void restoreButtons();

    ToolTarget target_;
    QLabel *urlLabel_ = nullptr;
    QLineEdit *url_ = nullptr;
    QPushButton *copyUrl_ = nullptr;
    QLabel *auth_ = nullptr;
    QListWidget *list_ = nullptr;
    QLabel *name_ = nullptr;
    QLabel *place_ = nullptr;
    QPlainTextEdit *snippet_ = nullptr;
    QLabel *note_ = nullptr;
    QLabel *docs_ = nullptr;
    QPushButton *copySnippet_ = nullptr;
    TestPanel *test_ = nullptr;
    QTimer *copied_ = nullptr; ///< until the buttons say "Copy" again
};

} // namespace keywheel
