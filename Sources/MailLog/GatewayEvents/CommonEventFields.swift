/// The fields of an event in the Common Event Format as a Cisco ESA writes it: `key=value key=value …`, in any order, values with
/// blanks, Python's dictionaries and `\=` in them, the last one perhaps cut off at the syslog size limit.
struct CommonEventFields {
    private var places: [(key: Range<Int>, value: Range<Int>)] = []

    init(_ line: Span<UInt8>, from start: Int) {
        var (index, key, value) = (start, 0..<0, start)
        while index < line.count {
            let isBreak = index == start || line[index - 1] == 0x20
            if isBreak, let next = CommonEventFields.key(line, index) {
                if !key.isEmpty { places.append((key, value..<max(value, index - 1))) }
                (key, value) = (next, next.upperBound + 1)
                index = value
            } else {
                index += 1
            }
        }
        if !key.isEmpty { places.append((key, line.rest(from: min(value, line.count)))) }
    }

    /// The value of a key; empty when the event does not have it.
    func value(_ line: Span<UInt8>, _ name: String) -> Range<Int> {
        places.first { $0.key.count == name.utf8.count && line.has(name, at: $0.key.lowerBound) }?.value ?? 0..<0
    }

    /// The value of whichever key the version uses.
    func value(_ line: Span<UInt8>, _ names: [String]) -> Range<Int> {
        for name in names {
            let place = value(line, name)
            if !place.isEmpty { return place }
        }
        return 0..<0
    }

    func number(_ line: Span<UInt8>, _ name: String) -> UInt64 {
        let place = value(line, name)
        return place.isEmpty ? 0 : line.number(at: place.lowerBound)?.value ?? 0
    }

    /// The value of the custom string (`cs1` to `cs6`) whose label says what it is.
    func custom(_ line: Span<UInt8>, _ label: String) -> Range<Int> {
        for number in 1...6 {
            let place = value(line, "cs\(number)Label")
            if place.count == label.utf8.count, line.has(label, at: place.lowerBound) {
                return value(line, "cs\(number)")
            }
        }
        return 0..<0
    }

    /// A key that these events use, up to its equals sign: other words before `=` belong to a value.
    private static func key(_ line: Span<UInt8>, _ start: Int) -> Range<Int>? {
        var end = start
        while end < line.count, isLetterOrDigit(line[end]), end - start < 40 { end += 1 }
        guard end > start, line.has("=", at: end) else { return nil }
        let key = start..<end
        if line.has("ESA", at: start) { return key }
        return known.contains { $0.utf8.count == key.count && line.has($0, at: start) } ? key : nil
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    private static let known: [String] =
        [
            "deviceExternalId", "dvc", "dvchost", "deviceDirection", "deviceInboundInterface",
            "deviceOutboundInterface",
            "startTime", "endTime", "start", "end", "sourceAddress", "sourceHostName", "src", "shost", "suser", "duser",
            "act",
            "msg", "cat", "reason", "rt", "dst", "dhost", "destinationAddress", "outcome", "cfp1", "cfp1Label", "cn1",
            "cn1Label",
        ] + (1...6).flatMap { ["cs\($0)", "cs\($0)Label"] }
}
