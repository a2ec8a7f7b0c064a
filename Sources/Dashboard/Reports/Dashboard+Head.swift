import MailLog
import MailVocabulary
import SMTP
import Triage

/// The head of a report: who asked whom, when, and what came of it in a sentence or two.
extension Dashboard {
    var headBlocks: [ReportBlock] {
        guard let session = incident.main ?? incident.session else { return [] }
        let address = session.remote.map { " (\($0.address))" } ?? ""
        let server = "\(session.host ?? session.plan.target.name):\(session.plan.target.port)\(address)"
        var rows = [[words("Server"), server], [words("Envelope"), words(session.envelopeWords)]]
        if !session.plan.message.date.isEmpty { rows.append([words("Begun"), session.plan.message.date]) }
        rows.append([words("Conclusion"), conclusions(session).joined(separator: ". ")])
        return [.table(head: ["", ""], rows: rows)]
    }

    /// The server's decision, what it means, and what the log says of it.
    private func conclusions(_ session: SessionRecord) -> [String] {
        var said: [String] = []
        if let event = session.decidingRefusal,
            case .received(let reply, let stage, _, _, _) = session.events[event].fact,
            let index = incident.sessions.firstIndex(of: session)
        {
            said.append("\(stage.stepName): \(reply.code) \(reply.texts.first ?? "")")
            if let catalogue, let query = incident.query(for: .event(session: index, event: event)) {
                said.append(catalogue.explain(query, in: shownLanguage).title)
            }
        } else if session.isOpen, !session.isWaiting {
            said.append(words("nothing was refused, and the connection is open"))
        } else {
            said.append(words(session.probeOutcome))
        }
        if let trace = incident.messageTrace ?? incident.connectionTrace?.trace { said.append(words(trace.phrase)) }
        return said
    }
}

extension SessionRecord {
    /// `<a@example.net> to <b@example.test>`.
    var envelopeWords: Phrase {
        let recipients = plan.recipients.map { "<\($0.forwardPath)>" }.joined(separator: ", ")
        let sender = "<\(plan.reversePath)>"
        return recipients.isEmpty ? Phrase(quoting: sender) : "\(sender) to \(recipients)"
    }
}
