import MailLog

/// A scan by way of kept indexes: what they lack of the logs is read, and kept.
struct LogIndexing {
    let scanner: LogScanner
    let files: [OpenFile]
    let cache: ScanCache

    /// A log that grew by less than this is read on each time, and not kept anew.
    private static let growth: UInt64 = 1 << 20

    /// - Returns: nothing when the logs are not of a kind that is scanned.
    func scanned() async throws(LogFault) -> [LogScanner.Scanned]? {
        let parts = files.indices.map { cache.part(of: scanner.paths[$0], files[$0]) }
        let known = parts.lazy.compactMap { $0?.stretches.first?.writer }.first
        for writer in IdentifierScan.Writer.allCases where scanner.question.isAbout(writer) && writer == known ?? writer
        {
            if let scanned = try await scanned(parts, writer) { return scanned }
        }
        return nil
    }

    private func scanned(_ parts: [ScanCache.Part?], _ writer: IdentifierScan.Writer) async throws(LogFault)
        -> [LogScanner.Scanned]?
    {
        var all: [LogScanner.Scanned] = []
        for (number, file) in files.enumerated() {
            let part = parts[number].flatMap { $0.stretches.first?.writer == writer ? $0 : nil }
            let (start, size) = (part?.end ?? 0, file.size)
            guard let end = try lastLineEnd(of: file, start, size) else { return nil }
            let fresh = end > start ? try scanner.stretches(number, file, start..<end) : []
            let rest = size > end ? [LogScanner.Stretch(file: number, bytes: end..<size)] : []
            guard let scans = try await scanner.scanned(fresh + rest, of: writer, .everybody) else { return nil }
            let known = part?.stretches ?? []
            if part == nil || end - start >= LogIndexing.growth, end > 0 {
                let new = scans.prefix(fresh.count).map { $0.stretch }
                cache.keep(ScanCache.Part(stretches: known + new, end: end), of: scanner.paths[number], file)
            }
            all += known.map { LogScanner.Scanned(stretch: $0, file: number) } + scans
        }
        for place in all.indices { all[place].stretch.ask(scanner.question) }
        return all
    }

    /// Behind the last line feed of the file; nothing when it has a very long last line.
    private func lastLineEnd(of file: OpenFile, _ start: UInt64, _ size: UInt64) throws(LogFault) -> UInt64? {
        let from = max(start, size - min(size, 1 << 20))
        let bytes = try file.bytes(at: from, count: Int(size - from))
        if let last = bytes.lastIndex(of: 0x0A) { return from + UInt64(last) + 1 }
        return from == start ? start : nil
    }
}
