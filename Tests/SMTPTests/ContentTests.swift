import TestSupport
import Testing

@testable import SMTP

@Suite("Content in pieces")
struct ContentTests {
    /// Bytes that matter at the seams, and cuts between them.
    private static func cut(_ seed: UInt64) -> (whole: [UInt8], pieces: [[UInt8]]) {
        var random = SeededBytes(seed: seed)
        let parts: [[UInt8]] = [
            [0x0D], [0x0A], [0x0D, 0x0A], [0x2E], [0x0D, 0x0A, 0x2E], [0x0D, 0x0A, 0x2E, 0x0D, 0x0A], [0], [0x20],
            [0x3D], Array("ü".utf8), Array("題".utf8), [0xFF], Array("text ".utf8),
            Array("=_porthole_mixed_7".utf8), Array(repeating: 0x61, count: 90),
        ]
        // Most texts have no NUL and are UTF-8, so that each branch is taken.
        let usable = parts.filter { part in
            seed.isMultiple(of: 3) || !(part.contains(0) || part.contains(0xFF))
        }
        var whole: [UInt8] = []
        for _ in 0..<Int.random(in: 0..<40, using: &random) { whole += usable.randomElement(using: &random) ?? [] }
        var pieces: [[UInt8]] = []
        var rest = whole[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...7, using: &random))
            pieces.append(Array(piece))
            rest = rest.dropFirst(piece.count)
        }
        return (whole, pieces)
    }

    @Test("wherever a message is cut, the lines on the wire are the same", arguments: 0..<300)
    func stuffing(seed: UInt64) {
        let (whole, pieces) = Self.cut(seed)
        for isStuffed in [true, false] {
            var stuffer = DotStuffer(isStuffed: isStuffed)
            var wire: [UInt8] = []
            for piece in pieces { stuffer.write(piece, to: &wire) }
            stuffer.finish(&wire)
            #expect(wire == Self.stuffed(whole, isStuffed))
        }
    }

    /// The rule itself, octet by octet, RFC 5321 §4.5.2.
    private static func stuffed(_ bytes: [UInt8], _ isStuffed: Bool) -> [UInt8] {
        var wire: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            let begins = index == 0 || bytes[..<index].suffix(2).elementsEqual([13, 10])
            if isStuffed, begins, byte == 46 { wire.append(46) }
            wire.append(byte)
        }
        if !bytes.isEmpty, !bytes.suffix(2).elementsEqual([13, 10]) { wire += [13, 10] }
        return wire + [46, 13, 10]
    }

    @Test("wherever a content is cut, it is written and surveyed the same", arguments: 0..<300)
    func writing(seed: UInt64) {
        let (whole, pieces) = Self.cut(seed)
        for makesCRLF in [true, false] {
            let canonical = makesCRLF ? Self.canonical(whole) : whole
            for encoding in TransferEncoding.allCases {
                var writer = ContentWriter(encoding, makesCRLF: makesCRLF)
                var text: [UInt8] = []
                for (index, piece) in pieces.enumerated() {
                    text += writer.write(piece, isLast: index == pieces.count - 1)
                }
                #expect(text == encoding.encode(canonical))
            }
            var surveyor = ContentSurveyor(isText: true, makesCRLF: makesCRLF)
            for piece in pieces { surveyor.take(piece) }
            let survey = surveyor.finished()
            #expect(survey == ContentSurvey(of: canonical))
            #expect(survey.isUTF8 == (String(validating: canonical, as: UTF8.self) != nil))
            #expect(survey.transparency == .needed(by: canonical))
            #expect(survey.quoted.octets == QuotedPrintable.encode(canonical).count)
            #expect(Base64Lines.size(of: canonical.count).octets == TransferEncoding.base64.encode(canonical).count)
        }
    }

    private static func canonical(_ bytes: [UInt8]) -> [UInt8] {
        let text = String(decoding: bytes.map { UInt16($0) }, as: UTF16.self).unicodeScalars
        var lines: [UInt8] = []
        var previous: UInt32 = 10
        for scalar in text {
            switch (previous, scalar.value) {
            case (13, 10): break
            case (_, 13), (_, 10): lines += [13, 10]
            case (_, let value): lines.append(UInt8(value))
            }
            previous = scalar.value
        }
        return previous == 10 || previous == 13 ? lines : lines + [13, 10]
    }

    @Test("the header is kept to its blank line, wherever it is cut")
    func head() {
        var surveyor = ContentSurveyor(isText: false)
        for byte in "Subject: a\r\n b\r\n\r\nSubject: no\r\n".utf8 { surveyor.take([byte]) }
        #expect(String(decoding: surveyor.finished().head, as: UTF8.self).hasPrefix("Subject: a\r\n b\r\n"))
        var other = ContentSurveyor(isText: false)
        other.take(Array("\nSubject: no\n".utf8))
        #expect(RawMessage(Array("\nSubject: no\n".utf8)).field("Subject") == nil)
        #expect(!other.finished().isUTF8)
    }

    @Test("a boundary of ours in a content makes the next one ours", arguments: [("1", 1), ("41", 41), ("x", 0)])
    func boundaries(number: String, highest: Int) {
        let bytes = Array("--=_porthole_mixed_\(number)\r\n".utf8)
        for cut in bytes.indices {
            var watch = BoundaryWatch()
            watch.write(Array(bytes[..<cut]))
            watch.write(Array(bytes[cut...]))
            #expect(watch.highest == highest)
        }
    }
}
