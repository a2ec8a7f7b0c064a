/// One line of the log before it is written. Ids that are not given out yet stand in it as numbered slots, so that ids grow in
/// the order in which lines are written.
struct LogLine: Hashable, Sendable, ExpressibleByStringInterpolation {
    enum Kind: Hashable, Sendable { case icid, mid, dcid, rcid }

    enum Part: Hashable, Sendable {
        case text(String)
        case id(Kind, slot: Int)
    }

    private(set) var parts: [Part]
    /// Critical, Warning, Info, Debug, Trace.
    var level = "Info"

    init(stringLiteral text: String) { parts = [.text(text)] }
    init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

    struct StringInterpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        init(literalCapacity: Int, interpolationCount: Int) { parts.reserveCapacity(interpolationCount * 2 + 1) }

        mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { parts.append(.text(literal)) }
        }

        mutating func appendInterpolation(icid slot: Int) { parts.append(.id(.icid, slot: slot)) }
        mutating func appendInterpolation(mid slot: Int) { parts.append(.id(.mid, slot: slot)) }
        mutating func appendInterpolation(dcid slot: Int) { parts.append(.id(.dcid, slot: slot)) }
        mutating func appendInterpolation(rcid slot: Int) { parts.append(.id(.rcid, slot: slot)) }
        mutating func appendInterpolation(_ line: LogLine) { parts += line.parts }
        mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            parts.append(.text(value.description))
        }
    }
}

/// The ids of one story: each slot gets a number when a line with it is first written.
struct LogSlots: Sendable {
    private var numbers: [LogLine.Part: Int] = [:]

    /// Slot 0 of these kinds, when the story begins with ids that a session has given out.
    init(icid: Int? = nil, mid: Int? = nil) {
        numbers[.id(.icid, slot: 0)] = icid
        numbers[.id(.mid, slot: 0)] = mid
    }

    mutating func text(_ line: LogLine, next: (LogLine.Kind) -> Int) -> String {
        var text = ""
        for part in line.parts {
            switch part {
            case .text(let words): text += words
            case .id(let kind, _):
                let number = numbers[part] ?? next(kind)
                numbers[part] = number
                text += String(number)
            }
        }
        return text
    }
}
