// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/objectids.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace keywheel {

struct Request;

/// What a request says that Keywheel may have to know: the only reader of requests' bodies. It
/// reads when it is asked, once, and no further than the answer needs; a body's fields come from
/// JSON, a form (multipart or urlencoded), the query, or a path of Gemini's.
///
/// It never fails: what is malformed, or written in a way that it does not understand, is not
/// there. Of a name that an object has twice, the first counts. Views point into the request, which
/// must outlive it unchanged. It allocates only where something is coded or escaped. Thread: the
/// core's.
class RequestFacts
{
public:
    static constexpr qsizetype MaxDecoded = qsizetype{1} * 1024 * 1024; ///< of a body, for fields
    /// For objects: as much as the largest body that is accepted by default.
    static constexpr qsizetype MaxSearched = qsizetype{100} * 1024 * 1024;
    static constexpr qsizetype MaxModel = 512;

    explicit RequestFacts(const Request &request) : request_(request) {}
    RequestFacts(const RequestFacts &) = delete;
    RequestFacts &operator=(const RequestFacts &) = delete;

    const Request &request() const { return request_; }

    /// Empty when the request names none.
    QByteArrayView model();
    std::optional<bool> stream() { return flag(Stream); }
    /// Whether a chat completion is to be kept (`store`).
    std::optional<bool> store() { return flag(Store); }

    /// Each object that the request names, those of the path first; true when `take` had seen
    /// enough. Nothing of it is remembered.
    bool eachObject(const TakeObject &take) const;
    /// Whether it names anything that may exist for some keys only.
    bool namesObject();

private:
    enum Field { Model, Stream, Store, FieldCount };
    enum class Form { JsonString, JsonOther, Plain, Percent };
    struct Value
    {
        QByteArrayView text; ///< as it stands there; null when there is none
        Form form = Form::Plain;
    };

    const Value &find(Field field);
    std::optional<bool> flag(Field field);
    void take(QByteArrayView name, Value value);

    void begin();
    void readPath();
    void readQuery(QByteArrayView query);
    void beginBody(QByteArrayView body);
    bool readMember();
    void skipBlanks();
    std::optional<QByteArrayView> readString();
    std::optional<Value> readValue();
    bool skipNested();

    const Request &request_;
    Value values_[FieldCount];
    std::optional<QByteArray> model_; ///< decoded
    QByteArray decodedBody_;
    bool begun_ = false;
    const char *at_ = nullptr; ///< where the body's object goes on; null when it is over
    const char *end_ = nullptr;
    std::optional<bool> namesObject_;
};

} // namespace keywheel
