// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/keyadmin.h"

#include "common/redact.h"
#include "engine/fingerprint.h"
#include "engine/keycheckcall.h"
#include "engine/statusreport.h"
#include "proxy/keychecker.h"

#include <QSet>

#include <algorithm>
#include <utility>

namespace keywheel {

namespace {

constexpr qsizetype LongestLabel = 100;
/// So that a page fits into a line of the control channel.
constexpr int MostRows = 1000;

QString field(const char *name)
{
    return QLatin1String(name);
}

QString cleanLabel(const QJsonValue &label)
{
    return Redactor().redact(label.toString().simplified()).left(LongestLabel);
}

QList<ApiKey> keysOf(const QJsonObject &arguments)
{
    QList<ApiKey> keys;
    const QJsonArray rows = arguments.value(field("keys")).toArray();
    for (const QJsonValue row : rows)
        keys.append({row[field("secret")].toString().toUtf8(), 0, cleanLabel(row[field("label")])});
    return keys;
}

} // namespace

KeyAdmin::KeyAdmin(KeyPool &pool, KeyChecker &checker, QObject *parent)
    : QObject(parent),
      pool_(pool),
      checker_(checker)
{
}

KeyAdmin::~KeyAdmin() = default;

void KeyAdmin::setStore(KeyStore *store)
{
    outcome_.reset();
    store_ = store;
    const auto abandoned = std::exchange(changes_, {});
    for (const Change &change : abandoned)
        change.done(failure(QStringLiteral("Another key store has come into use meanwhile.")));
    if (!abandoned.empty() && isIdle())
        Q_EMIT idle();
    connect(store, &KeyStore::changeDone, this, [this] { onChanged({}); });
    connect(store, &KeyStore::changeFailed, this,
            [this](const Error &error) { onChanged(tl::unexpected(error)); });
    connect(store, &KeyStore::loaded, this, [this] {
        if (const auto outcome = std::exchange(outcome_, {}))
            finishChange(*outcome);
    });
    connect(store, &KeyStore::failed, this, [this](const Error &error) {
        if (const auto outcome = std::exchange(outcome_, {}))
            finishChange(*outcome ? tl::unexpected(error) : *outcome);
    });
}

ControlServer::Handlers KeyAdmin::handlers()
{
    const auto disable = [this](bool disabled) {
        return [this, disabled](const QJsonObject &arguments, const Answer &answer) {
            setDisabled(arguments, disabled, answer);
        };
    };
    const auto bound = [this](auto method) {
        return [this, method](const QJsonObject &arguments, const Answer &answer) {
            (this->*method)(arguments, answer);
        };
    };
    return {{field("keys.list"), bound(&KeyAdmin::list)},
            {field("keys.add"), bound(&KeyAdmin::add)},
            {field("keys.remove"), bound(&KeyAdmin::remove)},
            {field("keys.convert"), bound(&KeyAdmin::convert)},
            {field("keys.disable"), disable(true)},
            {field("keys.enable"), disable(false)},
            {field("keys.check"), bound(&KeyAdmin::check)},
            {field("keys.label"), bound(&KeyAdmin::setLabel)}};
}

void KeyAdmin::list(const QJsonObject &arguments, const Answer &answer) const
{
    const int from = std::max(0, arguments.value(field("from")).toInt());
    const int count = std::clamp(arguments.value(field("count")).toInt(MostRows), 1, MostRows);
    answer(QJsonObject{{field("total"), pool_.total()},
                       {field("rows"), keyRows(pool_.keys(from, count), pool_)}});
}

void KeyAdmin::add(const QJsonObject &arguments, const Answer &answer)
{
    const QList<ApiKey> keys = keysOf(arguments);
    QSet<QString> there;
    const QList<KeySnapshot> known = pool_.keys();
    for (const KeySnapshot &key : known)
        there.insert(key.fingerprint);
    QJsonArray added;
    QList<ApiKey> fresh;
    for (const ApiKey &key : keys) {
        const QString fingerprint = keyFingerprint(key.secret);
        added.append(!there.contains(fingerprint));
        if (there.contains(fingerprint))
            continue;
        there.insert(fingerprint);
        fresh.append(key);
    }
    const QJsonObject result{{field("added"), added}};
    if (arguments.value(field("dryRun")).toBool() || fresh.isEmpty()) {
        answer(result);
        return;
    }
    enqueue({[fresh](KeyStore &store) { store.add(fresh); },
             [answer, result](const Expected<void> &done) {
                 answer(done.map([&] { return QJsonObject(result); }));
             }});
}

void KeyAdmin::remove(const QJsonObject &arguments, const Answer &answer)
{
    QStringList fingerprints;
    if (arguments.value(field("all")).toBool()) {
        const QList<KeySnapshot> keys = pool_.keys();
        for (const KeySnapshot &key : keys)
            fingerprints.append(key.fingerprint);
    } else if (const auto named = resolve(arguments.value(field("fingerprints")))) {
        fingerprints = *named;
    } else {
        answer(tl::unexpected(named.error()));
        return;
    }
    const QJsonObject result = summary(fingerprints);
    enqueue({[fingerprints](KeyStore &store) { store.remove(fingerprints); },
             [answer, result](const Expected<void> &done) {
                 answer(done.map([&] { return QJsonObject(result); }));
             }});
}

void KeyAdmin::convert(const QJsonObject & /*arguments*/, const Answer &answer)
{
    enqueue({[](KeyStore &store) { store.convert(); },
             [answer](const Expected<void> &done) {
                 answer(done.map([] { return QJsonObject(); }));
             }});
}

void KeyAdmin::setDisabled(const QJsonObject &arguments, bool disabled, const Answer &answer)
{
    const auto fingerprints = resolve(arguments.value(field("fingerprints")));
    answer(fingerprints.map([&](const QStringList &names) {
        for (const QString &name : names)
            pool_.setDisabled(name, disabled);
        return summary(names);
    }));
}

void KeyAdmin::check(const QJsonObject &arguments, const Answer &answer)
{
    const auto fingerprints = resolve(arguments.value(field("fingerprints")));
    if (!fingerprints) {
        answer(tl::unexpected(fingerprints.error()));
        return;
    }
    checkKeys(checker_, *fingerprints, [this, answer](const QHash<QString, Verdict> &verdicts) {
        QJsonArray rows;
        const QJsonArray seen = rowsOf(verdicts.keys());
        for (const QJsonValue row : seen) {
            QJsonObject checked = row.toObject();
            const Verdict verdict = verdicts.value(checked.value(field("fingerprint")).toString());
            checked.insert(field("check"), checkWord(verdict.fault));
            checked.insert(field("checkReason"), verdict.reason);
            rows.append(checked);
        }
        answer(QJsonObject{{field("count"), rows.size()}, {field("rows"), rows}});
    });
}

void KeyAdmin::setLabel(const QJsonObject &arguments, const Answer &answer)
{
    const auto fingerprints = resolve(QJsonArray{arguments.value(field("fingerprint"))});
    answer(fingerprints.map([&](const QStringList &names) {
        pool_.setLabel(names.first(), cleanLabel(arguments.value(field("label"))));
        return summary(names);
    }));
}

Expected<QStringList> KeyAdmin::resolve(const QJsonValue &names) const
{
    QStringList fingerprints;
    QSet<QString> taken;
    const QJsonArray parts = names.toArray();
    const QList<KeySnapshot> keys = pool_.keys();
    for (const QJsonValue part : parts) {
        const QString text = part.toString().toLower();
        const auto found = pool_.key(text) ? Expected<QString>(text) : fingerprintOf(text, keys);
        if (!found)
            return tl::unexpected(found.error());
        if (!taken.contains(*found))
            fingerprints.append(*found);
        taken.insert(*found);
    }
    return fingerprints;
}

QJsonArray KeyAdmin::rowsOf(const QStringList &fingerprints) const
{
    QList<KeySnapshot> keys;
    for (const QString &fingerprint : fingerprints) {
        if (const auto key = pool_.key(fingerprint))
            keys.append(*key);
    }
    return keyRows(keys, pool_);
}

QJsonObject KeyAdmin::summary(const QStringList &fingerprints) const
{
    return {{field("count"), fingerprints.size()},
            {field("rows"), rowsOf(fingerprints.mid(0, MostRows))}};
}

void KeyAdmin::enqueue(Change change)
{
    changes_.push_back(std::move(change));
    if (changes_.size() == 1)
        changes_.front().start(*store_);
}

void KeyAdmin::onChanged(const Expected<void> &result)
{
    if (changes_.empty() || outcome_)
        return; // somebody else's
    outcome_ = result;
    store_->load(); // also after an error: some may be stored
}

void KeyAdmin::finishChange(const Expected<void> &result)
{
    const Change change = std::move(changes_.front());
    changes_.pop_front();
    if (!changes_.empty())
        changes_.front().start(*store_);
    change.done(result);
    if (isIdle())
        Q_EMIT idle();
}

} // namespace keywheel
