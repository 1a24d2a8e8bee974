// SPDX-License-Identifier: GPL-3.0-or-later
// The input is a target, a Content-Type and a body, one line each. Facts are the same whatever is
// asked first, objects the same in any pieces.
#include "fuzz/fuzzinput.h"
#include "http/message.h"
#include "http/requestfacts.h"

using namespace keywheel;
using keywheel::fuzz::require;

namespace {

QByteArrayList namesInPieces(const QByteArray &body)
{
    QByteArrayList names;
    ObjectReader reader;
    fuzz::inPieces(body, [&](const QByteArray &piece) {
        reader.feed(piece, [&names](const NamedObject &object) {
            names.append(nameOf(object));
            return false;
        });
    });
    return names;
}

QByteArrayList namesAtOnce(const QByteArray &body)
{
    QByteArrayList names;
    ObjectReader::readAll(body, [&names](const NamedObject &object) {
        names.append(nameOf(object));
        return false;
    });
    return names;
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    QByteArray text = fuzz::toBytes(data, size);
    Request request;
    request.target = fuzz::takeLine(text);
    request.headers.append("Content-Type", fuzz::takeLine(text));
    request.body = text;
    RequestFacts facts(request);
    const QByteArray model = facts.model().toByteArray();
    const auto stream = facts.stream();
    RequestFacts otherWay(request);
    require(otherWay.stream() == stream && otherWay.model() == model, "the order does not matter");
    require(model.size() <= 3 * RequestFacts::MaxModel, "a model's name is short");
    facts.namesObject();
    pathMakesObjects(request.target);
    // A blank, or a path longer than what is carried over, may differ: then it is longer.
    require(text.size() > ObjectReader::CarryOver || namesAtOnce(text) == namesInPieces(text),
            "pieces do not matter");
    return 0;
}
