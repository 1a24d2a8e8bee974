// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace keywheel {

/// How to make one tool use Keywheel. The table in tools.cpp has them all.
///
/// In the snippet and the note %URL% stands for the base URL, %KEY% for what to give as the API
/// key, %MODEL% for a model. Lines that begin with %AUTH% are there only when AUTH_KEY is set.
struct Tool
{
    const char *id;      ///< for tests and other pages
    const char *name;    ///< to be translated, in the context Tools; so are place and note
    const char *place;   ///< where the snippet goes
    const char *note;    ///< what else to do; may be empty
    const char *snippet; ///< not translated
    const char *docs;    ///< the tool's own documentation, which the snippet follows
};

const QList<Tool> &tools();

/// What a tool needs to know of this Keywheel.
struct ToolTarget
{
    QString baseUrl; ///< with /v1
    bool needsAuth = false;
    QString model;

    friend bool operator==(const ToolTarget &, const ToolTarget &) = default;
};

// In the present language, with all placeholders filled in. AUTH_KEY itself is never in them:
// authPlaceholder() stands where a person has to put it.
QString toolName(const Tool &tool);
QString toolPlace(const Tool &tool);
QString toolNote(const Tool &tool, const ToolTarget &target);
QString toolSnippet(const Tool &tool, const ToolTarget &target);
QString authPlaceholder();

} // namespace keywheel
