/// What scanners said of a message, in one byte.
struct ScanVerdicts: OptionSet, Sendable {
    var rawValue: UInt8
    static let spam = ScanVerdicts(rawValue: 1)
    static let suspectedSpam = ScanVerdicts(rawValue: 1 << 1)
    static let bulk = ScanVerdicts(rawValue: 1 << 2)
    static let virus = ScanVerdicts(rawValue: 1 << 3)
    static let malware = ScanVerdicts(rawValue: 1 << 4)

    var words: Set<MessageFacts.Scan> {
        let known: [(ScanVerdicts, MessageFacts.Scan)] = [
            (.spam, .spam), (.suspectedSpam, .suspectedSpam), (.bulk, .bulk), (.virus, .virus), (.malware, .malware),
        ]
        return Set(known.filter { contains($0.0) }.map(\.1))
    }

    /// A scanner's line of a Cisco ESA: `using engine: CASE spam positive`, `antivirus positive 'EICAR'`,
    /// `AMP file reputation verdict : MALWARE`. The interim verdicts are repeated and left out.
    static func gateway(_ line: Span<UInt8>, _ words: Range<Int>) -> ScanVerdicts {
        let at = words.lowerBound
        guard at < line.count else { return [] }
        switch line[at] {
        case 0x75 where line.has("using engine: CASE ", at: at):
            if line.has("spam positive", at: at + 19) { return .spam }
            if line.has("spam suspect", at: at + 19) { return .suspectedSpam }
            return line.has("bulk", at: at + 19) || line.has("marketing", at: at + 19) ? .bulk : []
        case 0x61 where line.has("antivirus positive", at: at): return .virus
        case 0x41 where line.has("AMP file reputation verdict : MAL", at: at): return .malware
        default: return []
        }
    }
}
