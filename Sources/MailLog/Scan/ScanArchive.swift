/// A scan of everybody as bytes that can be kept in a file, and back: two to three bytes a line.
///
/// Numbers are written with seven bits a byte, the lowest first. The owner of a line is written as its distance from the
/// latest one of its kind, or, when that is far, as the place in a small table where it was seen lately.
public enum ScanArchive {
    private static let version: UInt64 = 3

    /// The scans of a log's stretches, in their order, as bytes.
    public static func bytes(of stretches: [ScannedStretch]) -> [UInt8] {
        var writer = ByteWriter()
        writer.number(version)
        writer.number(UInt64(stretches.count))
        for stretch in stretches {
            writer.number(stretch.writer == .postfix ? 1 : 0)
            let facts = stretch.facts
            for fact in [
                facts.lineCount, facts.understoodCount, facts.foreignCount, facts.announcedCount,
                facts.refusedAtTCPCount,
            ] { writer.number(UInt64(fact)) }
            write(stretch.ledger, &writer)
            write(stretch.stitch, &writer)
        }
        return writer.bytes
    }

    /// - Returns: nothing for bytes of another version, and for what are no such bytes at all.
    public static func stretches(from bytes: [UInt8]) -> [ScannedStretch]? {
        var reader = ByteReader(bytes)
        guard reader.number() == version, let count = reader.count() else { return nil }
        var stretches: [ScannedStretch] = []
        for _ in 0..<count {
            guard let stretch = stretch(&reader) else { return nil }
            stretches.append(stretch)
        }
        return stretches
    }

    private static func stretch(_ reader: inout ByteReader) -> ScannedStretch? {
        guard let writer = reader.number(), writer < 2, let lines = reader.count(), let understood = reader.count(),
            let foreign = reader.count(), let announced = reader.count(), let refused = reader.count(),
            let ledger = ledger(&reader),
            ledger.count == lines, let stitch = stitch(&reader)
        else { return nil }
        return ScannedStretch(
            writer: writer == 1 ? .postfix : .gateway, ledger: ledger, stitch: stitch,
            facts: ScanFacts(
                lineCount: lines, understoodCount: understood, foreignCount: foreign, announcedCount: announced,
                refusedAtTCPCount: refused))
    }

    // MARK: Owners

    private static func write(_ ledger: OwnerLedger, _ writer: inout ByteWriter) {
        writer.number(UInt64(ledger.count))
        var (code, last) = (OwnerCode(), UInt32(0))
        var ties = Dictionary(grouping: ledger.ties) { UInt32($0 >> 32) }
        for page in ledger.pages {
            for owner in page {
                let number = code.code(of: owner)
                writer.number(number)
                guard OwnerCode.isNewMessage(number) else { continue }
                let others = ties.removeValue(forKey: LineOwner.identity(owner)) ?? []
                writer.number(UInt64(others.count))
                for tie in others {
                    let other = UInt32(truncatingIfNeeded: tie)
                    writer.step(from: last, to: other)
                    last = other
                }
            }
        }
        writer.ascending(ledger.marks)
        writer.pairs(ledger.ties.filter { ties[UInt32($0 >> 32)] != nil })
        writer.pairs(ledger.carries)
        writer.number(UInt64(ledger.openers.count))
        last = 0
        for opener in ledger.openers {
            let isLong = opener.address.size == 16
            writer.step(from: last, to: opener.identity, mark: isLong)
            if isLong { writer.word(opener.address.high) }
            writer.word(opener.address.low, bytes: isLong ? 8 : 4)
            last = opener.identity
        }
    }

    private static func ledger(_ reader: inout ByteReader) -> OwnerLedger? {
        guard let count = reader.count() else { return nil }
        var ledger = OwnerLedger()
        var (code, ties, last) = (OwnerCode(), [UInt64](), UInt32(0))
        for _ in 0..<count {
            guard let number = reader.number(), let owner = code.owner(of: number) else { return nil }
            ledger.restore(owner)
            guard OwnerCode.isNewMessage(number) else { continue }
            guard let others = reader.count() else { return nil }
            for _ in 0..<others {
                guard let other = reader.step(from: last) else { return nil }
                ties.append(UInt64(LineOwner.identity(owner)) << 32 | UInt64(other))
                last = other
            }
        }
        guard let marks = reader.ascending(), marks.count == (count + 63) / 64 + 1, let rest = reader.pairs(),
            let carries = reader.pairs(), let openers = reader.count()
        else { return nil }
        ledger.restore(marks: marks, ties: ties + rest, carries: carries)
        last = 0
        for _ in 0..<openers {
            guard let (identity, isLong) = reader.markedStep(from: last) else { return nil }
            var address = PackedAddress()
            address.size = isLong ? 16 : 4
            if isLong {
                guard let high = reader.word() else { return nil }
                address.high = high
            }
            guard let low = reader.word(bytes: isLong ? 8 : 4) else { return nil }
            address.low = low
            ledger.open(identity, address)
            last = identity
        }
        return ledger
    }

    // MARK: What goes on

    private static func write(_ stitch: SessionStitch, _ writer: inout ByteWriter) {
        let entries = stitch.entries.sorted { $0.key < $1.key }
        writer.ascending(entries.map { $0.key })
        for entry in entries { writer.number(UInt64(entry.owner.rawValue)) }
        writer.number(UInt64(stitch.adopted.count))
        for (key, owner) in stitch.adopted {
            writer.word(key)
            writer.number(UInt64(owner.rawValue))
        }
    }

    private static func stitch(_ reader: inout ByteReader) -> SessionStitch? {
        var (entries, adopted) = ([(key: UInt64, owner: LineOwner)](), [(key: UInt64, owner: LineOwner)]())
        guard let keys = reader.ascending() else { return nil }
        for key in keys {
            guard let owner = reader.number() else { return nil }
            entries.append((key, LineOwner(rawValue: UInt32(truncatingIfNeeded: owner))))
        }
        guard let count = reader.count() else { return nil }
        for _ in 0..<count {
            guard let key = reader.word(), let owner = reader.number() else { return nil }
            adopted.append((key, LineOwner(rawValue: UInt32(truncatingIfNeeded: owner))))
        }
        return SessionStitch(entries: entries, adopted: adopted)
    }
}
