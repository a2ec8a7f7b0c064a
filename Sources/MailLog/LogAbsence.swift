import MailVocabulary

/// What it means that a log says nothing of a needle: a definite "it never reached us", or why that cannot be said.
public struct LogAbsence: Hashable, Sendable {
    /// `never-reached-us`, or `not-in-log` where the log does not allow more.
    public let verdict: String
    /// The answer, what it rests on, and the stretch of time that was looked at.
    public let phrase: Phrase

    /// The answer in English, for programs and files.
    public var sentence: String { phrase.description }
}

extension TraceIndex {
    /// To be asked when `traces(matching:)` has nothing.
    ///
    /// That a client never connected is said only when the log tells of connections as such, nearly all of its lines were
    /// understood, no connection was refused without its address, and no lines are missing.
    /// - Parameters:
    ///   - files: the names of the files that were read, in their order.
    ///   - mention: the lines that contain the needle all the same.
    public func absence(of needle: String, files: [String] = [], mention: LogMention? = nil) -> LogAbsence {
        // What is named elsewhere than in deliveries to it may have been a client of which a line was not understood.
        let absence = absence(of: needle, files, isNamed: mention.map { $0.count > $0.deliveryCount } ?? false)
        guard let sequel = mention?.sequel(files) else { return absence }
        return LogAbsence(verdict: absence.verdict, phrase: "\(absence.phrase)\(sequel)")
    }

    private func absence(of needle: String, _ files: [String], isNamed: Bool) -> LogAbsence {
        if lineCount == 0 {
            return LogAbsence(
                verdict: "not-in-log", phrase: "nothing about \(needle): the log is empty, it has not one line")
        }
        if understoodCount == 0, format == nil {
            let counted: Phrase = lineCount == 1 ? "its one line is not" : "none of its \(lineCount) lines is"
            return LogAbsence(
                verdict: "not-in-log",
                phrase:
                    "nothing about \(needle): \(counted) of a log format that is known here; is this the mail log?")
        }
        let gap = gap(files)
        let but: Phrase = gap.map { "; \($0)" } ?? ""
        let read: Phrase =
            "\(lineCount.lines)\(covered), \(understoodPercent) % of them understood as \(formatPhrase)\(but)"
        guard IPAddress(needle) != nil || AddressRange(needle) != nil else {
            return LogAbsence(verdict: "not-in-log", phrase: "nothing about \(needle) in \(read)")
        }
        let nothing: Phrase = "no connection from \(needle) is in \(read)"
        if understoodPercent < 90 {
            return LogAbsence(
                verdict: "not-in-log", phrase: "\(nothing); too little was understood to say that it never reached us"
            )
        }
        if gap != nil {
            return LogAbsence(
                verdict: "not-in-log", phrase: "\(nothing), so that it cannot be said that it never reached us")
        }
        if announcedCount == 0, formatName == LogFormat.gatewayInjectionDebugLog.name {
            return LogAbsence(
                verdict: "not-in-log",
                phrase: "\(nothing), but an injection debug log has only the clients that it was set up for")
        }
        if announcedCount == 0 {
            return LogAbsence(
                verdict: "not-in-log",
                phrase:
                    "\(nothing), but this log does not note each connection: one that brought no message leaves no line"
            )
        }
        if refusedAtTCPCount > 0 {
            let connections: Phrase =
                refusedAtTCPCount == 1 ? "1 connection was" : "\(refusedAtTCPCount) connections were"
            return LogAbsence(
                verdict: "not-in-log",
                phrase:
                    "\(nothing), but \(connections) refused at TCP and the log does not say whose: `ICID 0` shows them")
        }
        if gapCount > 0 {
            return LogAbsence(
                verdict: "not-in-log",
                phrase: gapCount == 1
                    ? "\(nothing), but lines may be missing in it"
                    : "\(nothing), but lines may be missing in \(gapCount) places")
        }
        if isNamed { return LogAbsence(verdict: "not-in-log", phrase: nothing) }
        return LogAbsence(
            verdict: "never-reached-us",
            phrase: announcedCount == 1
                ? "\(needle) never reached us: the one connection is not from it; \(read)"
                : "\(needle) never reached us: none of the \(announcedCount) connections is from it; \(read)")
    }

    /// What of the log was not there to be read: then nothing can be said of all of it.
    private func gap(_ files: [String]) -> Phrase? {
        if let hole { return hole }
        if let stranger = parts.indices.first(where: { parts[$0].lineCount > 0 && parts[$0].understoodCount == 0 }),
            parts.count > 1
        {
            let name: Phrase =
                files.indices.contains(stranger) ? Phrase(quoting: files[stranger]) : "file \(stranger + 1)"
            return "not one line of \(name) was understood"
        }
        return nil
    }

    /// The share of lines whose kind is known, in whole per cent, rounded down.
    public var understoodPercent: Int { lineCount == 0 ? 0 : understoodCount * 100 / lineCount }

    /// The names of the formats, or of the one that was forced; or that there is none.
    var formatPhrase: Phrase {
        let names = (formatNames.isEmpty ? format.map { [LogFormat.all[$0].name] } ?? [] : formatNames)
            .map { Phrase(quoting: $0) }
        guard let first = names.first else { return "no known format" }
        return names.count == 1 ? first : names.count == 2 ? "\(first) and \(names[1])" : "\(first), \(names[1]), …"
    }

    private var covered: Phrase {
        window.map { " from \($0.from.dateAndTime) to \($0.to.dateAndTime)" } ?? ""
    }
}
