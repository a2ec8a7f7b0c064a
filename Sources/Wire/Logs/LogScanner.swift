import CLines
import Glibc
import MailLog
import Synchronization

/// Answers one question about plain log files without an index of all their lines: the files are read for identifiers, in
/// stretches side by side, and then the few lines again that the answer is made of.
public struct LogScanner: Sendable {
    /// A stretch of a file, from the beginning of a line to the end of one.
    struct Stretch: Sendable {
        var file: Int
        var bytes: Range<UInt64>
    }

    /// What was found in a stretch, and in which of the files.
    struct Scanned: Sendable {
        var stretch: ScannedStretch
        var file: Int
    }

    /// Which stretch is read next, by whoever is done first.
    private final class Queue: Sendable {
        private let taken = Atomic(0)
        private let count: Int

        init(_ count: Int) { self.count = count }

        func next() -> Int? {
            let place = taken.wrappingAdd(1, ordering: .relaxed).oldValue
            return place < count ? place : nil
        }
    }

    private static let chunk = 256 << 10
    /// So many stretches are read side by side.
    private static let readers = min(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), 8)
    /// All of them are open at once.
    private static let mostFiles = 256
    /// A file is not cut into pieces smaller than this.
    private static let smallest: UInt64 = 4 << 20

    let paths: [String]
    let question: ScanQuestion
    private let progress: ReadProgress?
    private let cache: ScanCache?

    /// - Parameters:
    ///   - progress: hears of what is read, and may end the reading.
    ///   - cache: where indexes are kept for the next question; `nil` for nowhere.
    /// - Returns: nothing when the needle or a file is not for this way.
    public init?(_ needle: String, in paths: [String], progress: ReadProgress? = nil, cache: ScanCache? = nil) {
        guard let question = ScanQuestion(needle), (1...Self.mostFiles).contains(paths.count),
            paths.allSatisfy({ Self.isPlain($0) })
        else {
            return nil
        }
        (self.paths, self.question, self.progress, self.cache) = (paths, question, progress, cache)
    }

    /// - Returns: an index of the lines that the answer is made of, which finds the same traces as one of all lines; nothing
    ///   when the files need the other way, being of another format.
    public func index() async throws(LogFault) -> TraceIndex? {
        var files: [OpenFile] = []
        for path in paths { files.append(try OpenFile(path: path)) }
        var found: [Scanned]?
        if let cache, question.isAboutIdentifiers {
            found = try await LogIndexing(scanner: self, files: files, cache: cache).scanned()
        }
        var stretches: [Stretch] = []
        if found == nil {
            for number in files.indices { stretches += try self.stretches(number, files[number]) }
        }
        for writer in IdentifierScan.Writer.allCases where found == nil && question.isAbout(writer) {
            found = try await scanned(stretches, of: writer, question)
        }
        guard let scans = found else { return nil }
        var search = FamilySearch(scans.map { $0.stretch })
        let reader = LineFetcher(
            files: files, stretches: scans.map { $0.file }, counts: scans.map { $0.stretch.lineCount },
            writers: LogSet.writers(of: paths))
        guard var index = try reader.index(search) else { return nil }
        if index.dependsOnLikelihood {
            search.includeLikelihood()
            guard let again = try reader.index(search) else { return nil }
            index = again
        }
        var parts: [LogPart] = []
        for (number, file) in files.enumerated() {
            let own = scans.filter { $0.file == number }.map(\.stretch)
            parts.append(LogPart(own, lines: try someLines(of: file, places: files.count > 1 ? 32 : 1)))
        }
        index.stand(for: search, parts: parts)
        return index
    }

    /// Lines of the beginning, of the end, and of so many places less one between.
    private func someLines(of file: OpenFile, places: UInt64) throws(LogFault) -> [RawLogLine] {
        let size = file.size
        var lines = try self.lines(of: file, at: 0, 16 << 10)
        for place in 1..<max(1, places) { lines += try self.lines(of: file, at: size / places * place, 2 << 10) }
        return lines + (try self.lines(of: file, at: size - min(size, 16 << 10), 16 << 10))
    }

    private func lines(of file: OpenFile, at start: UInt64, _ count: Int) throws(LogFault) -> [RawLogLine] {
        var splitter = LineSplitter(offset: start)
        let lines = splitter.split(try file.bytes(at: start, count: count)) + [splitter.finish()].compactMap { $0 }
        // The first one is a part of a line.
        return start == 0 ? lines : Array(lines.dropFirst())
    }

    private static func isPlain(_ path: String) -> Bool {
        LogFile.isPlain(path) && FileFace(path: path)?.kind == .regular
    }

    private func stretches(_ number: Int, _ file: OpenFile) throws(LogFault) -> [Stretch] {
        try stretches(number, file, 0..<file.size)
    }

    /// A part of a file, which begins with a line, in pieces to be read side by side.
    func stretches(_ number: Int, _ file: OpenFile, _ part: Range<UInt64>) throws(LogFault) -> [Stretch] {
        let size = part.upperBound - part.lowerBound
        let pieces = min(UInt64(Self.readers == 1 ? 1 : Self.readers * 32), max(1, size / Self.smallest))
        var (stretches, start) = ([Stretch](), part.lowerBound)
        for piece in 1...pieces {
            let end =
                piece == pieces
                ? part.upperBound
                : try lineStart(after: part.lowerBound + size / pieces * piece, in: file, part.upperBound)
            if end > start { stretches.append(Stretch(file: number, bytes: start..<end)) }
            start = max(start, end)
        }
        return stretches
    }

    private func lineStart(after offset: UInt64, in file: OpenFile, _ size: UInt64) throws(LogFault) -> UInt64 {
        var offset = offset
        while offset < size {
            let bytes = try file.bytes(at: offset, count: 4096)
            if bytes.isEmpty { break }
            if let end = bytes.firstIndex(of: 0x0A) { return min(size, offset + UInt64(end) + 1) }
            offset += UInt64(bytes.count)
        }
        return size
    }

    // MARK: Reading for identifiers

    /// - Returns: nothing when these are not the lines of the writer.
    func scanned(_ stretches: [Stretch], of writer: IdentifierScan.Writer, _ question: ScanQuestion)
        async throws(LogFault) -> [Scanned]?
    {
        let (queue, progress, files) = (Queue(stretches.count), progress, stretches.map { paths[$0.file] })
        let results = await withTaskGroup(of: [(Int, Result<IdentifierScan?, LogFault>)].self) { group in
            for _ in 0..<min(Self.readers, stretches.count) {
                group.addTask {
                    await BlockingThread.value {
                        var results: [(Int, Result<IdentifierScan?, LogFault>)] = []
                        while let place = queue.next() {
                            let bytes = stretches[place].bytes
                            results.append((place, Self.scan(files[place], bytes, question, writer, progress)))
                        }
                        return results
                    }
                }
            }
            var results: [(Int, Result<IdentifierScan?, LogFault>)] = []
            for await some in group { results += some }
            return results.sorted { $0.0 < $1.0 }
        }
        var scans: [Scanned] = []
        for (place, result) in results {
            guard let scan = try result.get() else { return nil }
            scans.append(Scanned(stretch: ScannedStretch(scan), file: stretches[place].file))
        }
        return scans
    }

    private static func scan(
        _ path: String, _ bytes: Range<UInt64>, _ question: ScanQuestion, _ writer: IdentifierScan.Writer,
        _ progress: ReadProgress?
    ) -> Result<IdentifierScan?, LogFault> {
        do throws(LogFault) {
            return .success(try scan(OpenFile(path: path), bytes, question, writer, progress))
        } catch {
            return .failure(error)
        }
    }

    private static func scan(
        _ file: OpenFile, _ bytes: Range<UInt64>, _ question: ScanQuestion, _ writer: IdentifierScan.Writer,
        _ progress: ReadProgress?
    ) throws(LogFault) -> IdentifierScan? {
        var scan = IdentifierScan(question, of: writer, offset: bytes.lowerBound)
        var buffer = [UInt8](repeating: 0, count: chunk)
        var ends = [UInt32](repeating: 0, count: chunk)
        var (held, position) = (0, bytes.lowerBound)
        while position < bytes.upperBound {
            let room = min(chunk - held, Int(bytes.upperBound - position))
            let got = unsafe buffer.withUnsafeMutableBytes { raw in
                unsafe pread(file.descriptor, raw.baseAddress?.advanced(by: held), room, off_t(position))
            }
            if got < 0, errno == EINTR { continue }
            if got < 0 { throw LogFault("cannot read on: \(FileRefusal.words(errno))") }
            if got == 0 { break }
            position += UInt64(got)
            if progress?.goesOn(after: got) == false { return nil }
            held += got
            held = take(&scan, &buffer, held, &ends)
            if !scan.isWorthwhile { return nil }
        }
        if held > 0 { scan.takeUnfinished(buffer.span.extracting(0..<held)) }
        scan.finish()
        return scan
    }

    /// Gives the scan its lines.
    /// - Returns: how many bytes of an unfinished line stand at the buffer's beginning.
    private static func take(
        _ scan: inout IdentifierScan, _ buffer: inout [UInt8], _ held: Int, _ ends: inout [UInt32]
    ) -> Int {
        unsafe buffer.withUnsafeMutableBytes { raw in
            guard let base = raw.baseAddress else { return 0 }
            let bytes = unsafe UnsafeRawBufferPointer(rebasing: raw[..<held]).bindMemory(to: UInt8.self)
            let count = unsafe find_line_ends(base, held, &ends)
            let taken = unsafe scan.take(Span(_unsafeElements: bytes), ends: ends.span.extracting(0..<count))
            if taken == 0, held == chunk {
                unsafe scan.takeUnfinished(Span(_unsafeElements: bytes))
                return 0
            }
            let rest = held - taken
            if rest > 0, taken > 0 { unsafe memmove(base, base.advanced(by: taken), rest) }
            return rest
        }
    }
}
