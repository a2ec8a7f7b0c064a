import Canvas
import DNS
import MailVocabulary
import Triage

extension Pane {
    /// MX and DNS: every answer with its server, its time and its TTL, and what the checks conclude.
    static let exchangers = Pane(
        id: .exchangers, title: "MX/DNS",
        trailing: { dashboard in
            let answers = dashboard.incident.examinations.values.flatMap(\.answers.inOrder)
            guard !answers.isEmpty else { return [] }
            let slowest = answers.map(\.took).max() ?? .zero
            let open = dashboard.incident.examinations.values.reduce(0) { $0 + $1.underWay.count }
            let progress =
                open > 0 ? [Span(dashboard.say("\(open) not answered yet") + "   ", .temporary)] : []
            return progress + [Span(dashboard.say("\(answers.count) answers   slowest \(slowest.brief)"), .muted)]
        },
        .scrolling { dashboard, columns in
            let incident = dashboard.incident
            guard !incident.subjects.isEmpty else {
                return [dashboard.row("no name looked up yet: d looks up the target's, :dns DOMAIN any", .muted)]
            }
            // What is wrong comes first; the records that it rests on follow.
            var rows: [Row] = []
            if let story = incident.slowGreetingStory {
                rows += dashboard.labelled(.joined, dashboard.say(story.phrase), .temporary, columns)
            }
            if let finding = incident.greetingNameFinding, finding.kind == GreetingName.other {
                rows += dashboard.labelled(.joined, dashboard.say(finding.phrase), .muted, columns)
            }
            rows += dashboard.findingRows(dashboard.dnsFindings + dashboard.besideFindings, columns)
            rows += dashboard.obstacleRows(columns)
            for subject in dashboard.subjectsInView {
                guard let examination = incident.examinations[subject] else { continue }
                rows += dashboard.subjectRows(subject, examination).map { $0.fitted(to: columns) }
            }
            rows += dashboard.senderRows
            rows.append(dashboard.askedRow)
            if let beside = dashboard.besideWords { rows.append(dashboard.row(beside, .muted)) }
            return rows
        })
}

extension Row {
    /// Gives up TTL and DNSSEC verdict, in this order, where the record would be cut: the name is why the row is there.
    fileprivate func fitted(to columns: Int) -> Row {
        var row = self
        func width(_ spans: [Span]) -> Int { spans.reduce(0) { $0 + $1.text.width } }
        while row.trailing.count > 1, width(row.spans) + 1 + width(row.trailing) > columns {
            row.trailing.remove(at: row.trailing.count - 2)
        }
        return row
    }
}

extension Dashboard {
    fileprivate func subjectRows(_ subject: DNSSubject, _ examination: DNSExamination) -> [Row] {
        let open = settings.glyphs.open + " "
        switch subject {
        case .domain(let domain):
            var rows = [Row([Span(open, .muted), Span(PrintableText(untrusted: domain.description), .dnsName)])]
            rows += exchangerRows(domain, examination)
            rows += textRows("SPF", DNSQuestion(domain, .txt), prefix: "v=spf1", examination)
            rows += spfRows(examination, indent: 8)
            if let name = DNSName("_dmarc.\(domain)") {
                rows += textRows("DMARC", DNSQuestion(name, .txt), prefix: "v=DMARC1", examination)
            }
            rows += announcementRows(domain, examination)
            return rows
        case .address(let address, let role):
            let whose = "   " + say(role == .source ? "our own address" : "the server")
            var rows = [
                Row([
                    Span(open, .muted), Span(PrintableText(untrusted: address.description), .dnsName),
                    Span(whose, .muted),
                ])
            ]
            let question = DNSQuestion(DNSName(reverse: address), .ptr)
            rows += answerRows("PTR", examination.answers[question], indent: 2)
            for record in examination.answers[question]?.records ?? [] {
                guard case .name(let name) = record.data else { continue }
                let type: RecordType = address.isV6 ? .aaaa : .a
                rows += answerRows(type.description, examination.answers[DNSQuestion(name, type)], indent: 4)
            }
            return rows
        case .sender(let sender):
            return senderRows(sender, examination)
        case .signer(let domain, let selectors):
            return signerRows(domain, selectors, examination)
        case .listing(let address, let lists):
            var rows = [
                Row([
                    Span(open, .muted), Span(PrintableText(untrusted: address.description), .dnsName),
                    Span("   " + say("block lists"), .muted),
                ])
            ]
            for list in lists {
                guard let name = DNSBlockList.name(of: address, on: list) else { continue }
                rows += answerRows("A", examination.answers[DNSQuestion(name, .a)], indent: 2)
            }
            return rows
        }
    }

    private func exchangerRows(_ domain: DNSName, _ examination: DNSExamination) -> [Row] {
        guard let answer = examination.answers[DNSQuestion(domain, .mx)] else { return [pendingRow("MX", indent: 2)] }
        let records = answer.records
        guard !records.isEmpty else {
            return answerRows("MX", answer, indent: 2)
                + hostRows(domain, examination, indent: 4)
        }
        var rows: [Row] = []
        let sorted = records.sorted { left, right in left.data.preference < right.data.preference }
        for record in sorted {
            guard case .exchange(let exchanger) = record.data else { continue }
            let name = exchanger.isNull ? words(". (null MX: takes no mail)") : exchanger.exchange.description
            rows.append(
                row("MX", "\(exchanger.preference) \(name)", role: .dnsName, ttl: record.ttl, answer, indent: 2))
            if !exchanger.isNull { rows += hostRows(exchanger.exchange, examination, indent: 4) }
        }
        return rows
    }

    private func hostRows(_ host: DNSName, _ examination: DNSExamination, indent: Int) -> [Row] {
        [RecordType.a, .aaaa].flatMap { type -> [Row] in
            guard let answer = examination.answers[DNSQuestion(host, type)] else { return [] }
            return answerRows(type.description, answer, indent: indent)
        }
    }

    /// MTA-STS and TLS-RPT, where there is something to show: most domains have neither.
    private func announcementRows(_ domain: DNSName, _ examination: DNSExamination) -> [Row] {
        [("STS", "_mta-sts"), ("RPT", "_smtp._tls")].flatMap { label, place -> [Row] in
            guard let name = DNSName("\(place).\(domain)"), let answer = examination.answers[DNSQuestion(name, .txt)],
                !answer.records.isEmpty
            else { return [] }
            return answerRows(label, answer, indent: 2)
        }
    }

    private func textRows(
        _ label: String, _ question: DNSQuestion, prefix: String, _ examination: DNSExamination
    ) -> [Row] {
        guard let answer = examination.answers[question] else { return [pendingRow(label, indent: 2)] }
        let texts = answer.records.filter { $0.data.words.lowercased().hasPrefix(prefix.lowercased()) }
        if texts.isEmpty, !answer.records.isEmpty {
            return [
                row(
                    label, words("none among \(answer.records.count) TXT records"), role: .muted, ttl: nil, answer,
                    indent: 2)
            ]
        }
        guard !texts.isEmpty else { return answerRows(label, answer, indent: 2) }
        return texts.map { row(label, $0.data.words, role: .text, ttl: $0.ttl, answer, indent: 2) }
    }

    private func answerRows(_ label: String, _ answer: DNSAnswer?, indent: Int) -> [Row] {
        guard let answer else { return [pendingRow(label, indent: indent)] }
        guard case .found(let all) = answer.outcome else {
            let role: Role
            if case .absent = answer.outcome { role = .muted } else { role = .dnsProblem }
            return [row(label, words(answer.outcome.phrase), role: role, ttl: nil, answer, indent: indent)]
        }
        var rows = all.filter { $0.type == .cname }.map {
            row("CNAME", $0.data.words, role: .text, ttl: $0.ttl, answer, indent: indent)
        }
        rows += answer.records.map { row(label, $0.data.words, role: .text, ttl: $0.ttl, answer, indent: indent) }
        return rows
    }

    private func row(
        _ label: String, _ text: String, role: Role, ttl: UInt32?, _ answer: DNSAnswer, indent: Int
    ) -> Row {
        var trailing: [Span] = []
        if let verdict = verdictSpan(answer) { trailing.append(verdict) }
        if let ttl {
            trailing.append(Span("ttl " + PrintableText(secondsLeft(ttl, of: answer.question)) + "  ", .dnsTTL))
        }
        let transport = answer.transport == .tcp ? " tcp" : ""
        trailing.append(
            Span(
                PrintableText(untrusted: "\(answer.took.brief)\(transport)"),
                answer.took >= .seconds(2) ? .stepSlow : .stepTime))
        return Row(
            [
                Span(PrintableText(blanks: indent)), Span(PrintableText(untrusted: label).padded(to: 6), .muted),
                Span(PrintableText(untrusted: text), role),
            ], trailing: trailing)
    }

    /// What DNSSEC says of the answer, where it was judged.
    private func verdictSpan(_ answer: DNSAnswer) -> Span? {
        switch answer.verdict {
        case .secure?: Span(say("signed") + "  ", .dnsTTL)
        case .insecure?: Span(say("unsigned") + "  ", .muted)
        case .bogus?: Span(say("bogus") + "  ", .dnsProblem)
        case .unknown?, nil: nil
        }
    }

    /// The other resolver, while it is asked, and when it says the same.
    fileprivate var besideWords: Phrase? {
        guard let beside else { return nil }
        if beside.answers.count < beside.count {
            return "asking \(beside.server) too: \(beside.answers.count) of \(beside.count) answered"
        }
        guard besideFindings.allSatisfy({ $0.kind.severity == .fine }) else { return nil }
        return "\(beside.server) says the same to \(beside.count) questions"
    }

    private func pendingRow(_ label: String, indent: Int) -> Row {
        Row([
            Span(PrintableText(blanks: indent)), Span(PrintableText(untrusted: label).padded(to: 6), .muted),
            Span(say("asking"), .muted),
        ])
    }

    /// The domain that was asked for last comes first: at a small window the others may be out of sight.
    fileprivate var subjectsInView: [DNSSubject] {
        guard let domain = incident.domain else { return incident.subjects }
        let inView = DNSSubject.domain(domain)
        return incident.subjects.filter { $0 == inView } + incident.subjects.filter { $0 != inView }
    }

    /// What the checks conclude, worst first, and of one gravity what is about the domain in view; what is as it should be takes no room.
    fileprivate func findingRows(_ all: [Finding], _ columns: Int) -> [Row] {
        let inView = incident.domain?.description
        func rank(_ finding: Finding) -> (Severity, Int) { (finding.kind.severity, finding.subject == inView ? 1 : 0) }
        let findings = all.filter { $0.kind.severity > .note }.sorted { rank($0) > rank($1) }
        return findings.flatMap { finding -> [Row] in
            let role: Role = finding.kind.severity >= .failure ? .permanent : .temporary
            let sign = finding.kind.severity >= .failure ? settings.glyphs.fail : "!"
            let lines = say(finding.phrase).wrapped(to: max(10, columns - 2))
            return lines.enumerated().map { Row([Span($0 == 0 ? sign + " " : "  ", role), Span($1, role)]) }
        }
    }
}

extension RecordData {
    /// The MX preference, for sorting; other records come last.
    fileprivate var preference: Int {
        if case .exchange(let exchanger) = self { Int(exchanger.preference) } else { 65_536 }
    }
}
