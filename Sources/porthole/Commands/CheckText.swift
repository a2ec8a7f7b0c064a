import MailLog
import DNS
import MailVocabulary
import Triage

/// What `porthole check` prints for people: what is wrong first, by topic, then the records that it rests on.
struct CheckText {
    /// Unprinted: outside text in them is made inert by `Output`.
    let lines: [String]

    init(_ results: CheckResults, _ say: PlainWords) {
        let findings = results.findings
        var lines = [say(findings.tally), ""]
        var topics: [(topic: CheckTopic, findings: [Finding])] = CheckTopic.allCases.compactMap { topic in
            let own = findings.filter { CheckTopic(of: $0) == topic }
                .enumerated()
                .sorted { ($1.element.kind.severity, $0.offset) < ($0.element.kind.severity, $1.offset) }
                .map(\.element)
            return own.isEmpty ? nil : (topic, own)
        }
        // Topics of equal gravity stay in their own order: who takes mail, who sends, reverse, …
        let worst = { (topic: (topic: CheckTopic, findings: [Finding])) in topic.findings[0].kind.severity }
        topics = topics.enumerated()
            .sorted { (worst($1.element), $0.offset) < (worst($0.element), $1.offset) }
            .map(\.element)
        for (topic, findings) in topics {
            lines.append(say(topic.title))
            for finding in findings {
                let severity = say.padded(finding.kind.severity.word, to: 8)
                lines.append("  \(severity)  \(say(finding.phrase))  [\(finding.kind.code), \(finding.kind.citation)]")
            }
            lines.append("")
        }
        for examination in results.examinations {
            if let tree = examination.spfTree, !tree.root.branches.isEmpty {
                lines.append(say("SPF tree (each lookup has its number; \(SPFLimit.lookups) are allowed)"))
                lines += Self.rows(tree.root, indent: 1, say)
                lines.append("")
            }
        }
        if let senders = results.senders {
            lines.append(say("Sending addresses"))
            lines += Self.rows(senders, results.log, say)
            lines.append("")
        }
        for authority in results.authorities where !authority.servers.isEmpty {
            lines.append(say("Authoritative servers of \(authority.zone ?? authority.domain)"))
            lines += Self.table(authority, say)
            lines.append("")
        }
        lines.append(say("Answers"))
        lines += Self.table(results.answers, say)
        self.lines = lines
    }

    private static func rows(_ node: SPFTree.Node, indent: Int, _ say: PlainWords) -> [String] {
        let blanks = String(repeating: "  ", count: indent)
        var rows = ["    \(blanks)\(node.domain)\(node.problem.map { ": \(say($0))" } ?? "")  (\(node.took.brief))"]
        for branch in node.branches {
            let number = branch.number.map { String($0) } ?? ""
            let remark = branch.remark.map { "  \(say($0))" } ?? ""
            rows.append(
                "\(String(repeating: " ", count: max(0, 4 - number.count)))\(number)\(blanks)  \(branch.term.text)\(remark)"
            )
            for child in branch.nodes { rows += Self.rows(child, indent: indent + 2, say) }
        }
        return rows
    }

    /// One line an address or network, and below a seen one its first lines of the log.
    private static func rows(_ senders: SendingAddresses, _ log: CheckLog?, _ say: PlainWords) -> [String] {
        var lines = senders.rows.flatMap { row -> [String] in
            let result = row.result.map { "  SPF \($0.rawValue)" } ?? ""
            let count = row.messages > 0 ? "  " + say(row.messages.messages) : ""
            let by = row.by.isEmpty ? "" : "  " + say("by \(row.by)")
            return ["  \(row.network.padded(toColumns: 24))  \(say(row.standing.phrase))\(result)\(count)\(by)"]
                + (log?.text(of: row) ?? []).map { "      \($0)" }
        }
        if !senders.open.isEmpty {
            lines.append("  " + say("and what cannot be listed: \(senders.open.joined(separator: ", "))"))
        }
        return lines.isEmpty ? ["  " + say("none in the log, and SPF allows none")] : lines
    }

    /// One line an address and question.
    private static func table(_ authority: AuthorityExamination, _ say: PlainWords) -> [String] {
        authority.servers.flatMap { server in
            let ids = authority.questions.lazy.compactMap { authority.answer(of: server, to: $0)?.serverID }
            let itself = ids.first.map { "  " + say("calls itself \($0)") } ?? ""
            return ["  \(server.name)  \(server.endpoint.address)\(itself)"]
                + authority.questions.compactMap { question in
                    authority.answer(of: server, to: question).map {
                        "    \(question.description.padded(toColumns: 30))  \(say($0.outcome.words(for: $0)))"
                    }
                }
        }
    }

    /// One line a question, in columns.
    private static func table(_ answers: [DNSAnswer], _ say: PlainWords) -> [String] {
        let names = answers.map { $0.question.name.description.count }
        let width = min(40, names.max() ?? 0)
        return answers.map { answer in
            let name = answer.question.name.description.padded(toColumns: width)
            let type = answer.question.type.description.padded(toColumns: 5)
            let verdict = answer.verdict.map { "  DNSSEC \($0.id)" } ?? ""
            return "  \(name)  \(type)  \(say(answer.outcome.words(for: answer)))\(verdict)"
        }
    }
}

/// What a finding of the DNS is about, in the order in which mail meets it.
enum CheckTopic: CaseIterable {
    case lookups
    case servers
    case exchangers
    case senders
    case reverse
    case lists
    case transport

    /// By the second word of the finding's code.
    init(of finding: Finding) {
        let words = finding.kind.code.split(separator: ".")
        switch words.count > 1 ? words[1] : "" {
        case "mx", "domain", "name": self = .exchangers
        case "spf", "dmarc", "dkim", "bimi", "sender": self = .senders
        case "ptr", "helo", "greeting": self = .reverse
        case "list": self = .lists
        case "mta-sts", "tls-rpt", "tlsa", "dane": self = .transport
        case "zone", "dnssec", "resolver": self = .servers
        case _: self = .lookups
        }
    }

    var title: Phrase {
        switch self {
        case .exchangers: "Who takes mail"
        case .senders: "Who may send (SPF, DKIM, DMARC)"
        case .reverse: "Reverse lookup"
        case .lists: "Block lists"
        case .transport: "Protection on the way (MTA-STS, TLS-RPT, DANE)"
        case .servers: "Name servers and DNSSEC"
        case .lookups: "What could not be found out"
        }
    }
}
