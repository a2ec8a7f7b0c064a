import MailLog
import Wire

/// The logs of one question: read once into an index, and again for the few lines that belong to the answer.
struct TraceLogs {
    let files: [String]
    private(set) var index: TraceIndex
    /// Why something of the logs could not be read, one sentence each; the answer is that of the rest.
    private(set) var faults: [String] = []
    /// Lines of what cannot be read again, by file and number.
    private var kept: [Int: [Int: [UInt8]]] = [:]

    /// The logs as one question needs them: of a gateway's plain files the lines of its answer only, of all others everything.
    /// - Parameters:
    ///   - sources: files, patterns, `-`, or `cmd:…`.
    ///   - format: the format to read; `nil` to tell it by the lines.
    ///   - keepsText: whether lines will be shown.
    ///   - cache: where indexes are kept for the next question.
    static func answering(
        _ needle: String, in sources: [String], format: String?, keepsText: Bool, progress: ReadProgress? = nil,
        cache: ScanCache? = nil
    ) async throws -> Self {
        do throws(LogFault) {
            let (files, faults) = try LogSet.readable(sources)
            if format == nil, let scanner = LogScanner(needle, in: files, progress: progress, cache: cache),
                let index = try await scanner.index()
            {
                return TraceLogs(files: files, index: index, faults: faults)
            }
        } catch {
            throw CommandFailure(error.sentence, .cannotRead)
        }
        let result = await BlockingThread.value {
            Result { try TraceLogs(sources, format: format, keepsText: keepsText, progress) }
        }
        return try result.get()
    }

    /// All lines of the logs.
    /// - Parameters:
    ///   - format: the format to read; `nil` to tell it by the lines.
    ///   - keepsText: whether lines will be shown.
    ///   - progress: hears of what is read, and may end the reading.
    static func whole(
        _ sources: [String], format: String?, keepsText: Bool, progress: ReadProgress? = nil
    ) throws -> Self {
        try TraceLogs(sources, format: format, keepsText: keepsText, progress)
    }

    private init(files: [String], index: TraceIndex, faults: [String]) {
        (self.files, self.index, self.faults) = (files, index, faults)
        self.index.isWhole = faults.isEmpty
    }

    private init(_ sources: [String], format: String?, keepsText: Bool, _ progress: ReadProgress?) throws {
        if let format {
            try LogFormatChoice.check(format)
            index = TraceIndex(format: format) ?? TraceIndex()
        } else {
            index = TraceIndex()
        }
        do throws(LogFault) {
            (files, faults) = try LogSet.readable(sources)
        } catch {
            throw CommandFailure(error.sentence, .cannotRead)
        }
        let writers = LogSet.writers(of: files)
        for number in files.indices {
            if number > 0 { index.beginFile(writer: writers[number]) }
            do throws(LogFault) {
                try read(number, keepsText: keepsText, progress)
            } catch {
                faults.append(error.sentence)
            }
        }
        if index.lineCount == 0, let fault = faults.first { throw CommandFailure(fault, .cannotRead) }
        index.isWhole = faults.isEmpty
    }

    /// Says on the error stream what could not be read.
    /// - Returns: how the command ends that answers from the rest.
    func complain() -> ExitStatus {
        faults.forEach(Output.complain)
        return faults.isEmpty ? .done : .cannotRead
    }

    private mutating func read(_ number: Int, keepsText: Bool, _ progress: ReadProgress?) throws(LogFault) {
        let keepsText = keepsText && LogFile.isOnce(files[number])
        var (splitter, index, texts) = (LineSplitter(), index, [Int: [UInt8]]())
        self.index = TraceIndex()  // the only reference: appending must not copy
        defer {
            self.index = index
            if keepsText { kept[number] = texts }
        }
        try LogFile.read(path: files[number]) { chunk in
            splitter.forEachLine(in: chunk) { line, place, offset, _ in
                index.append(line, number: place, offset: offset)
                if keepsText { texts[place] = line.indices.map { line[$0] } }
            }
            return progress?.goesOn(after: chunk.count) ?? true
        }
        if let line = splitter.finish() {
            index.append(line)
            if keepsText { texts[line.number] = line.bytes }
        }
    }

    /// What to say of a needle of which there is no trace: its lines are looked for as plain text.
    func absence(of needle: String) -> (absence: LogAbsence, mention: LogMention) {
        var search = MentionSearch(needle)
        for (number, path) in files.enumerated() {
            for line in (kept[number] ?? [:]).sorted(by: { $0.key < $1.key }) {
                search.take(kept: line.value, number: line.key, file: number)
            }
            search.read(path: path, file: number)
        }
        return (index.absence(of: needle, files: files, mention: search.mention), search.mention)
    }

    /// The texts of these lines, in their order.
    func texts(of lines: [Trace.Line]) -> [[UInt8]] {
        // By file and number: the same line may belong to one trace for certain and to another one probably.
        var found: [Int: [Int: [UInt8]]] = [:]
        for (file, wanted) in Dictionary(grouping: lines, by: { $0.file }) {
            if let kept = kept[file] {
                found[file] = kept
            } else if LogFile.isPlain(files[file]) {
                let again = LogLines(path: files[file])
                for line in wanted { found[file, default: [:]][line.number] = again?.line(at: line.offset) }
            } else {
                found[file] = unpacked(file, Set(wanted.map(\.number)))
            }
        }
        return lines.map { found[$0.file]?[$0.number] ?? [] }
    }

    /// A packed file has no places to go to: it is read once more from its start.
    private func unpacked(_ file: Int, _ wanted: Set<Int>) -> [Int: [UInt8]] {
        var (splitter, found) = (LineSplitter(), [Int: [UInt8]]())
        try? LogFile.read(path: files[file]) { chunk in
            splitter.forEachLine(in: chunk) { line, number, _, _ in
                if wanted.contains(number) { found[number] = line.indices.map { line[$0] } }
            }
            return found.count < wanted.count
        }
        if let line = splitter.finish(), wanted.contains(line.number) { found[line.number] = line.bytes }
        return found
    }
}
