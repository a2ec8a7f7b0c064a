/// Reads the presentation form of a domain name, RFC 1035 §5.1.
struct DNSNameReader {
    static func labels(of bytes: [UInt8]) throws(DNSNameFault) -> [[UInt8]] {
        guard !bytes.isEmpty else { throw .empty }
        if bytes == [UInt8(ascii: ".")] { return [] }
        var reader = DNSNameReader(bytes: bytes)
        try reader.readAll()
        return reader.labels
    }

    private let bytes: [UInt8]
    private var position = 0
    private var label: [UInt8] = []
    private var labels: [[UInt8]] = []

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func readAll() throws(DNSNameFault) {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "."):
                guard !label.isEmpty else { throw .emptyLabel }
                try endLabel()
                position += 1
            case UInt8(ascii: "\\"):
                try readEscape()
            case 0x80...:
                throw .notASCII
            case ...0x20, 0x7F:
                throw .blank
            case let byte:
                label.append(byte)
                position += 1
            }
        }
        if !label.isEmpty { try endLabel() }
        let length = DNSName(unchecked: labels).wireLength
        guard length <= 255 else { throw .longName(length) }
    }

    private mutating func endLabel() throws(DNSNameFault) {
        guard label.count <= 63 else { throw .longLabel(label.count) }
        labels.append(label)
        label = []
    }

    private mutating func readEscape() throws(DNSNameFault) {
        let rest = bytes[(position + 1)...].prefix(3)
        guard let first = rest.first, first > 0x20, first < 0x7F else { throw .badEscape }
        guard (0x30...0x39).contains(first) else {
            label.append(first)
            position += 2
            return
        }
        guard rest.count == 3, rest.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .badEscape }
        let value = rest.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard let byte = UInt8(exactly: value) else { throw .badEscape }
        label.append(byte)
        position += 4
    }
}
