import MailLog
import Triage

/// The log's side of the reducer.
extension Dashboard {
    mutating func followed(_ event: LogSourceEvent) {
        var log = incident.log ?? LogBook(name: logPath ?? "")
        incident.log = nil  // the only reference: taking lines in must not copy the index
        log.take(event)
        incident.log = log
        switch event {
        case .lines(let lines):
            if log.isCaughtUp { raiseBadge(.log, by: lines.count) }
            incident.findConnection(after: lines)
            turnToMessage()
            remarkLines()
        case .trouble(let sentence):
            notice = Notice(sentence, .bad)
        case .rotated, .truncated, .lost:
            notice = Notice(log.notice ?? "")
            remarkLines()
        case .opened, .caughtUp:
            break
        }
    }

    /// Works out which lines belong to the filter's connection or message, and to ours for marking.
    mutating func remarkLines() {
        guard let log = incident.log else {
            markedLines = []
            return
        }
        let connection = incident.connectionTrace?.trace.keys.first
        let message = incident.messageTrace == nil ? nil : incident.acceptedMessage
        let key: TraceKey?
        switch logFilter {
        case .message: key = message ?? connection
        case .connection: key = connection
        case .all, .text: key = connection ?? message
        }
        markedLines = Set(key.map { log.index.lineOrdinals(of: $0) } ?? [])
    }

    /// The lines that the filter lets through, as indices into the kept lines.
    var visibleLogLines: [Int] {
        guard let log = incident.log else { return [] }
        switch logFilter {
        case .all: return Array(log.lines.indices)
        case .connection, .message:
            return log.lines.indices.filter { markedLines.contains(log.firstOrdinal + $0) }
        case .text(let needle):
            let needle = Array(needle.utf8).map(Self.folded)
            return log.lines.indices.filter { Self.contains(log.lines[$0].bytes, needle) }
        }
    }

    static func folded(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }

    /// Whether `bytes` contain `needle`, which is folded already, letters of either case.
    static func contains(_ bytes: [UInt8], _ needle: [UInt8]) -> Bool {
        guard let first = needle.first, bytes.count >= needle.count else { return needle.isEmpty }
        for start in 0...(bytes.count - needle.count) where folded(bytes[start]) == first {
            if zip(bytes[start...], needle).allSatisfy({ folded($0) == $1 }) { return true }
        }
        return false
    }
}
