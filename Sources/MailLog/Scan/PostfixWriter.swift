/// Who wrote a line, and what the identifiers are called that it names.
struct PostfixWriter {
    let text: Int
    private let host: UInt64
    private let pid: UInt64
    private let offset: UInt64

    init(host: UInt64, pid: UInt64, text: Int, offset: UInt64) {
        (self.host, self.pid, self.text, self.offset) = (host, pid, text, offset)
    }

    /// No two lines begin within the same eight bytes.
    var session: LineOwner { LineOwner(.connection, offset >> 3) }
    var delivery: LineOwner { LineOwner(.delivery, offset >> 3) }
    var processKey: UInt64 { (host ^ pid &* 0x9E37_79B9_7F4A_7C15) &* 3 }
    var looseKey: UInt64 { (host ^ pid &* 0x9E37_79B9_7F4A_7C15) &* 5 }

    func clientKey(_ line: Span<UInt8>, _ address: Range<Int>) -> UInt64 {
        line.mixed(address, into: host ^ pid &* 0x9E37_79B9_7F4A_7C15)
    }

    func message(_ line: Span<UInt8>, _ id: Range<Int>) -> LineOwner {
        LineOwner(.message, folded(line.mixed(id, into: host)))
    }

    func named(_ line: Span<UInt8>, _ label: Range<Int>) -> LineOwner {
        LineOwner(.connection, folded(line.mixed(label, into: host)))
    }

    private func folded(_ hash: UInt64) -> UInt64 { hash ^ hash >> 28 ^ hash >> 44 }
}

extension Span where Element == UInt8 {
    /// These bytes as a number that differs for different ones, nearly always.
    @inline(__always)
    func mixed(_ range: Range<Int>, into start: UInt64) -> UInt64 {
        let length = range.count
        var (hash, index) = (start ^ UInt64(truncatingIfNeeded: length), range.lowerBound)
        guard length >= 8 else {
            var rest: UInt64 = 1
            while index < range.upperBound {
                rest = rest << 8 | UInt64(self[index])
                index += 1
            }
            return (hash ^ rest).mixed
        }
        while index + 8 < range.upperBound {
            hash = (hash ^ word(at: index)).mixed
            index += 8
        }
        // The last eight bytes, some of them for the second time.
        return (hash ^ word(at: range.upperBound - 8)).mixed
    }
}

extension UInt64 {
    @inline(__always)
    fileprivate var mixed: UInt64 {
        let product = self &* 0x9E37_79B9_7F4A_7C15
        return product ^ product >> 32
    }
}
