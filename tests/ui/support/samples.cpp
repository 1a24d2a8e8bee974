// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakebackend.h"

#include <cmath>

namespace keywheel {

namespace {

using namespace std::chrono_literals;

KeySnapshot sampleKey(int index, const QString &label, quint64 successes, quint64 failures)
{
    KeySnapshot key;
    key.id = KeyId(index) + 1;
    key.index = index;
    key.lineNumber = index + 1;
    key.preview = QStringLiteral("sk-te…%1").arg(1000 + index);
    key.fingerprint = QStringLiteral("%1a2b3c4d5e6f70").arg(index, 2, 16, QLatin1Char('0'));
    key.label = label;
    key.successes = successes;
    key.failures = failures;
    key.lastUsed = QDateTime::currentDateTimeUtc().addSecs(-3 * index);
    key.organization = index % 2 == 0 ? "org-sample" : "";
    return key;
}

QList<KeySnapshot> sampleKeys()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QList<KeySnapshot> keys{sampleKey(0, QStringLiteral("Team"), 812, 3),
                            sampleKey(1, QStringLiteral("Personal"), 790, 1),
                            sampleKey(2, {}, 655, 12),
                            sampleKey(3, QStringLiteral("Old project"), 40, 1),
                            sampleKey(4, {}, 301, 2),
                            sampleKey(5, QStringLiteral("Spare"), 0, 0)};
    keys[2].state = KeyState::CoolingDown;
    keys[2].fault = FaultClass::Temporary;
    keys[2].code = "rate_limit";
    keys[2].reason = QStringLiteral("429: Rate limit reached for requests");
    keys[2].lastError = keys[2].reason;
    keys[2].since = now.addSecs(-8);
    keys[2].until = now.addSecs(42);
    keys[3].state = KeyState::Permanent;
    keys[3].fault = FaultClass::Permanent;
    keys[3].code = "invalid_key";
    keys[3].reason = QStringLiteral("401: Incorrect API key provided");
    keys[3].lastError = keys[3].reason;
    keys[3].since = now.addSecs(-3600);
    keys[4].state = KeyState::Permanent;
    keys[4].fault = FaultClass::Quota;
    keys[4].code = "quota";
    keys[4].reason = QStringLiteral("429: You exceeded your current quota");
    keys[4].lastError = keys[4].reason;
    keys[4].since = now.addSecs(-7200);
    keys[5].state = KeyState::Disabled;
    keys[5].reason = QStringLiteral("disabled by a person");
    return keys;
}

RequestRecord sampleRequest(int number, const QList<KeySnapshot> &keys)
{
    RequestRecord record;
    record.id = "req-" + QByteArray::number(number, 16).rightJustified(8, '0');
    record.startedAt = QDateTime::currentDateTimeUtc().addSecs(-(200 - number) * 3);
    record.method = number % 9 == 0 ? "GET" : "POST";
    record.path = number % 9 == 0   ? "/v1/models"
                  : number % 4 == 0 ? "/v1/embeddings"
                                    : "/v1/chat/completions";
    record.peer = QStringLiteral("127.0.0.1:%1").arg(50000 + number);
    record.status = number % 23 == 0 ? 400 : number % 31 == 0 ? 502 : 200;
    record.firstByte = std::chrono::microseconds(180'000 + (number * 7919) % 400'000);
    record.total = record.firstByte + std::chrono::microseconds((number * 104'729) % 4'000'000);
    record.bytesIn = 400 + number * 13 % 3000;
    record.bytesOut = 900 + number * 101 % 60'000;
    std::chrono::microseconds began = 400us;
    if (number % 11 == 0) {
        const KeySnapshot &limited = keys.at(2);
        record.attempts.append({limited.index,
                                limited.preview,
                                429,
                                FaultClass::Temporary,
                                limited.reason,
                                {},
                                began,
                                12ms,
                                30ms,
                                90ms,
                                90ms});
        began = 91ms;
    }
    const KeySnapshot &used = keys.at(number % 2);
    LeaseReason choice;
    choice.retry = !record.attempts.isEmpty();
    record.attempts.append(
        {used.index, used.preview, record.status,
         record.status == 200   ? FaultClass::Success
         : record.status == 400 ? FaultClass::Client
                                : FaultClass::Upstream,
         record.status == 200 ? QString() : QStringLiteral("Model is overloaded"), choice, began,
         began + 50us, began + 25ms, record.firstByte, record.total});
    return record;
}

Traffic::Series sampleSeries(std::chrono::seconds step, int count, int busy)
{
    Traffic::Series series;
    series.step = step;
    series.end = QDateTime::currentDateTimeUtc();
    for (int i = 0; i < count; ++i) {
        const double wave = 1 + std::sin(i / 9.0) * 0.6;
        TrafficPoint point;
        point.succeeded = int(busy * wave);
        point.failed = i % 17 == 0 ? busy / 8 + 1 : 0;
        point.retries = i % 7 == 0 ? busy / 5 + 1 : 0;
        point.p50 = std::chrono::milliseconds(int(240 * wave));
        point.p95 = std::chrono::milliseconds(int(700 * wave));
        series.points.append(point);
    }
    return series;
}

} // namespace

void fillWithSamples(FakeBackend &backend)
{
    BackendSnapshot &shown = backend.snapshot_;
    shown.startedAt = QDateTime::currentDateTimeUtc().addSecs(-3725);
    shown.keys = sampleKeys();
    shown.pool.total = int(shown.keys.size());
    shown.pool.available = 2;
    shown.pool.disabled = 1;
    shown.pool.successes = 2598;
    shown.pool.failures = 19;
    shown.pool.keysWithFailures = 5;
    shown.counters = {2640, 2598, 30, 12, 61, 1'900'000, 48'000'000, 4};
    shown.requestsPerMinute = 47;
    shown.successShare = 0.988;
    shown.p50 = 242ms;
    shown.p95 = 731ms;
    shown.traffic.spans = {sampleSeries(1s, 300, 8), sampleSeries(10s, 360, 60),
                           sampleSeries(300s, 288, 900)};
    for (int number = 0; number < 200; ++number)
        shown.newRequests.append(sampleRequest(number, shown.keys));
    shown.notices = {{Notice::Kind::KeyOut, shown.keys.at(3).fingerprint, shown.keys.at(3).reason,
                      shown.keys.at(3).label, shown.keys.at(3).since},
                     {Notice::Kind::OriginRefused,
                      QStringLiteral("https://chat.example"),
                      {},
                      {},
                      QDateTime::currentDateTimeUtc().addSecs(-30)}};
}

} // namespace keywheel
