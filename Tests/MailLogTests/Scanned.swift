import MailLog

/// Reads a log the short way: cut into stretches at the lines given, each scanned in pieces; `isKept` by way of an index that
/// was written and read again.
struct Scanned {
    var index = TraceIndex()
    var isWorthwhile = true
    var readLines = 0

    init?(
        _ text: String, _ needle: String, of writer: IdentifierScan.Writer = .gateway, stretches: Int = 1,
        piece: Int = 1 << 20, isKept: Bool = false
    ) {
        guard let question = ScanQuestion(needle) else { return nil }
        let bytes = Array(text.utf8)
        var cuts = [0]
        for part in 1..<max(2, stretches) where stretches > 1 {
            let from = bytes.count * part / stretches
            cuts.append(bytes[from...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count)
        }
        cuts.append(bytes.count)
        let scans = Self.scans(bytes, cuts, isKept ? .everybody : question, writer, piece)
        isWorthwhile = scans.allSatisfy { $0.isWorthwhile }
        var found = scans.map { ScannedStretch($0) }
        if isKept {
            guard let again = ScanArchive.stretches(from: ScanArchive.bytes(of: found)) else { return nil }
            found = again
            for place in found.indices { found[place].ask(question) }
        }
        var search = FamilySearch(found)
        read(search, scans, bytes)
        if index.dependsOnLikelihood {
            search.includeLikelihood()
            read(search, scans, bytes)
        }
        let lines = LogStory(text).lines
        index.stand(for: search, ends: [(Array(lines.prefix(9)), Array(lines.suffix(9)))])
    }

    private static func scans(
        _ bytes: [UInt8], _ cuts: [Int], _ question: ScanQuestion, _ writer: IdentifierScan.Writer, _ piece: Int
    ) -> [IdentifierScan] {
        var scans: [IdentifierScan] = []
        for (from, to) in zip(cuts, cuts.dropFirst()) {
            var scan = IdentifierScan(question, of: writer, offset: UInt64(from))
            var held: [UInt8] = []
            var rest = bytes[from..<to]
            while !rest.isEmpty {
                held += rest.prefix(piece)
                rest = rest.dropFirst(piece)
                held.removeFirst(Self.take(&scan, held))
            }
            if !held.isEmpty { scan.takeUnfinished(held.span) }
            scan.finish()
            scans.append(scan)
        }
        return scans
    }

    /// The kept index of a log.
    static func archive(of text: String, _ writer: IdentifierScan.Writer) -> [UInt8] {
        let bytes = Array(text.utf8)
        let scans = scans(bytes, [0, bytes.count], .everybody, writer, 1 << 20)
        return ScanArchive.bytes(of: scans.map { ScannedStretch($0) })
    }

    private static func take(_ scan: inout IdentifierScan, _ bytes: [UInt8]) -> Int {
        let ends = bytes.indices.filter { bytes[$0] == 0x0A }.map { UInt32($0) }
        return scan.take(bytes.span, ends: ends.span)
    }

    private mutating func read(_ search: FamilySearch, _ scans: [IdentifierScan], _ bytes: [UInt8]) {
        index = TraceIndex()
        for place in search.places() {
            let (block, before) = search.block(of: place)
            let number = scans[..<place.scan].reduce(place.line + 1) { $0 + $1.lineCount }
            var splitter = LineSplitter(number: number - before, offset: block.lowerBound)
            var lines = splitter.split(Array(bytes[Int(block.lowerBound)..<Int(block.upperBound)]))
            if let last = splitter.finish() { lines.append(last) }
            index.append(lines[before])
        }
        readLines = index.lineCount
    }
}
