import Canvas
import DNS
import MailVocabulary
import Triage

extension Sheet {
    /// Enter in the MX/DNS pane: every answer, the one under the cursor with all that is known of how it came.
    static let answers = Sheet(
        id: .answers, title: "DNS answers", key: .character("3"),
        trailing: { "\($0.allAnswers.count) answers" },
        content: { dashboard, columns, cursor in
            var content = Content()
            for (index, answer) in dashboard.allAnswers.enumerated() {
                let isHere = index == cursor
                let role: Role = answer.isSettled ? .text : .temporary
                let name = PrintableText(untrusted: "\(answer.question)")
                var rows = [
                    Row(
                        [Span(isHere ? "> " : "  ", .hintKey), Span(name, isHere ? .title : role)],
                        trailing: [Span(PrintableText(untrusted: answer.took.brief), .muted)], isSelected: isHere)
                ]
                if isHere { rows += dashboard.detailRows(answer, columns) }
                content.add(entry: rows)
            }
            if content.rows.isEmpty { content.rows = [dashboard.row("no name looked up yet", .muted)] }
            return content
        },
        choose: { dashboard, place in
            let answers = dashboard.allAnswers
            guard answers.indices.contains(place) else { return [] }
            return dashboard.lookUp(answers[place].question.name.description)
        },
        hints: [("Up Down", "choose"), ("Enter", "look its name up")])
}

extension Dashboard {
    /// What was asked, in the order of the subjects; what could not be found out first.
    fileprivate var allAnswers: [DNSAnswer] {
        let all = incident.subjects.flatMap { incident.examinations[$0]?.answers.inOrder ?? [] }
        return all.filter { !$0.isSettled } + all.filter(\.isSettled)
    }

    fileprivate func detailRows(_ answer: DNSAnswer, _ columns: Int) -> [Row] {
        var rows: [Row] = []
        func add(_ label: Phrase, _ text: PrintableText) {
            let head = say(label).clipped(to: 10).padded(to: 11)
            for (index, line) in text.wrapped(to: max(10, columns - 15)).enumerated() {
                let start = Span(index == 0 ? head : PrintableText(blanks: 11), .muted)
                rows.append(Row([Span("    "), start, Span(line)]))
            }
        }
        add("answer", say(answer.outcome.words(for: answer)))
        for record in answer.records {
            add("record", PrintableText(untrusted: "\(record.data)  TTL \(record.ttl) s"))
        }
        if !answer.aliases.isEmpty {
            add("alias of", PrintableText(untrusted: answer.aliases.map(\.description).joined(separator: " -> ")))
        }
        let transport = "\(answer.transport)".uppercased()
        add(
            "asked",
            say(
                answer.attempts == 1
                    ? "once, over \(transport); \(answer.size) bytes came"
                    : "\(answer.attempts) attempts, the last over \(transport); \(answer.size) bytes came"))
        if !answer.flags.isEmpty { add("flags", PrintableText(untrusted: answer.flags.words.joined(separator: " "))) }
        if answer.isWithoutEDNS { add("EDNS", say("the server answers only without it")) }
        if let verdict = answer.verdict {
            let reason = verdict.reason.map { ": \($0)" } ?? ""
            add("DNSSEC", PrintableText(untrusted: verdict.id + reason))
        }
        if let left = answer.signatureLeft { add("signature", say("ends in \(left / 3600) h")) }
        if let name = answer.serverID { add("NSID", PrintableText(untrusted: name)) }
        for error in answer.extendedErrors { add("EDE", say(error.phrase)) }
        if answer.ignored > 0 { add("strays", say("\(answer.ignored) datagrams were not an answer to this question")) }
        return rows
    }
}
