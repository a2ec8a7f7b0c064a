import MailLog
import MailVocabulary
import SMTP
import Triage

/// The log's side of the reducer.
extension Dashboard {
    mutating func followed(_ event: LogSourceEvent) {
        var log = incident.log ?? LogBook(name: shownLog?.source ?? "", format: settings.logFormat)
        incident.log = nil  // the only reference: taking lines in must not copy the index
        log.take(event)
        incident.log = log
        switch event {
        case .lines(let lines):
            if log.isCaughtUp { raiseBadge(.log, by: lines.count) }
            turnToMessage()
            remarkLines()
        case .trouble(let sentence), .gap(let sentence):
            notice = Notice(sentence, .bad)
        case .rotated, .truncated, .lost:
            notice = Notice(log.notice ?? "")
            remarkLines()
        case .opened, .block, .caughtUp, .ended:
            break
        }
    }

    /// Works out which lines belong to the filter's connection or message, and to ours for marking.
    ///
    /// Called for each batch of lines: it looks at identifiers only, and tells no story.
    mutating func remarkLines() {
        let isForeign = incident.foreignMessage != nil
        guard var log = incident.log else {
            markedLines = []
            return
        }
        incident.log = nil  // the only reference, as above
        let accepted = isForeign ? nil : incident.acceptedMessage
        let message = accepted.flatMap { log.index.connectionKey(of: $0) == nil ? nil : $0 }
        var connection = message.flatMap { log.index.connectionKey(of: $0) }
        if connection == nil {
            connection = incident.session?.local.flatMap { log.watchConnections(from: $0.address) }
            if let key = connection, !incident.isSinceBeginning(key, log) { connection = nil }
        }
        switch logFilter {
        case .message:
            log.mark(message ?? connection)
            log.show(.marked)
        case .connection:
            log.mark(connection)
            log.show(.marked)
        case .all:
            log.mark(connection ?? message)
            log.show(.all)
        case .text(let needle):
            log.mark(connection ?? message)
            log.show(.containing(Array(needle.utf8)))
        }
        markedLines = log.marked
        incident.log = log
    }

    /// The lines that the filter lets through, as indices into the kept lines.
    var visibleLogLines: LogSelection { incident.log?.visible ?? LogBook(name: "").visible }

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
