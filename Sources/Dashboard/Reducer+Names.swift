import Canvas
import DNS
import MailVocabulary
import Triage

/// The name system's side of the reducer.
extension Dashboard {
    mutating func answered(_ subject: DNSSubject, _ answer: DNSAnswer) -> [Effect] {
        guard incident.examinations[subject] != nil else { return [] }  // forgotten meanwhile
        incident.insert(answer, for: subject)
        // The same answer comes once more with its verdict: its records are as old as they are.
        if answer.verdict == nil { answeredAt[answer.question] = now }
        raiseBadge(.exchangers)
        let questions = incident.takeQuestions(of: subject)
        var effects: [Effect] = questions.isEmpty ? [] : [.ask(subject, questions)]
        if let domain = incident.takePolicyDomain(of: subject) { effects.append(.fetchPolicy(subject, domain)) }
        return effects
    }

    /// Seconds for which a resolver may still keep a record that came with `ttl`.
    func secondsLeft(_ ttl: UInt32, of question: DNSQuestion) -> UInt32 {
        guard let since = answeredAt[question] else { return ttl }
        let age = UInt32(clamping: max(0, (now - since).components.seconds))
        return ttl > age ? ttl - age : 0
    }

    /// How often the TTLs on the screen are to be drawn anew: while they are looked at, and fresh.
    var recordsGrowOld: Duration? {
        guard isVisible(.exchangers), let newest = answeredAt.values.max(), now - newest < .seconds(600) else {
            return nil
        }
        return focus == .exchangers ? .seconds(1) : .seconds(10)
    }

    /// `:dns NAME`: without a name everything is looked up again.
    mutating func lookUp(_ text: String) -> [Effect] {
        show(.exchangers)
        if let address = IPAddress(text) { return examine(.address(address, role: .target)) }
        guard !text.isEmpty else {
            if !incident.subjects.isEmpty { return examineAgain() + examineEvidence() }
            notice = Notice("which name? :dns DOMAIN or :dns ADDRESS", .bad)
            return []
        }
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return [.spell(text)] }
        guard let name = DNSName(text), !name.labels.isEmpty else {
            notice = Notice("not a domain or an address: \(text)", .bad)
            return []
        }
        incident.domain = name
        return examine(.domain(name))
    }

    /// An internationalized name in the letters of the DNS.
    mutating func spelled(_ typed: String, _ ascii: String) -> [Effect] {
        guard ascii.utf8.allSatisfy({ $0 < 0x80 }) else { return [] }
        let effects = lookUp(ascii)
        notice = Notice("\(typed) is \(ascii) in the DNS")
        return effects
    }

    /// `:dns compare SERVER`: the questions about the domain once more, to another resolver.
    mutating func compareResolver(_ server: String) -> [Effect] {
        show(.exchangers)
        guard !server.isEmpty else {
            notice = Notice("which resolver? :dns compare HOST or HOST:PORT", .bad)
            return []
        }
        guard let domain = incident.domain, let answers = incident.examinations[.domain(domain)]?.answers,
            !answers.inOrder.isEmpty
        else {
            notice = Notice("no domain looked up yet: :dns DOMAIN first", .bad)
            return []
        }
        let questions = answers.inOrder.map(\.question)
        beside = ResolverBeside(server, domain, count: questions.count)
        return [.askBeside(server: server, questions)]
    }

    mutating func answeredBeside(_ server: String, _ answer: DNSAnswer) {
        guard beside?.server == server else { return }  // another one is asked by now
        beside?.insert(answer)
    }

    /// What the comparison with another resolver shows, once that has answered.
    var besideFindings: [Finding] {
        guard let beside, beside.answers.count >= beside.count,
            let answers = incident.examinations[.domain(beside.domain)]?.answers
        else { return [] }
        return beside.comparison(with: answers).findings(about: beside.domain)
    }

    /// `:dns copy`: the panel as text, in a file.
    mutating func copyNames(to path: String) -> [Effect] {
        guard !incident.subjects.isEmpty else {
            notice = Notice("no name looked up yet: :dns DOMAIN first", .bad)
            return []
        }
        let rows = Pane.exchangers.content(self, Self.copyColumns)
        // The tails stand below each other, as near as the longest record lets them.
        let columns = rows.filter { !$0.trailing.isEmpty }.map { $0.textWidth + 2 }.max() ?? 0
        let text = rows.map { $0.plain(columns: columns) + "\n" }.joined()
        let name = path.isEmpty ? "\(reportStem)-dns.txt" : path
        return [.export(path: name, isChosen: !path.isEmpty, text: isPrivate ? mask.hide(text) : text)]
    }

    /// No row is wider: wide enough for most records.
    private static let copyColumns = 120
}

extension Row {
    /// The row as text, its tail at the right border, or behind two blanks where there is no room.
    fileprivate func plain(columns: Int) -> String {
        let (left, right) = (spans.map(\.text.plain).joined(), trailing.map(\.text.plain).joined())
        guard !right.isEmpty else { return left }
        return left + String(repeating: " ", count: max(2, columns - textWidth)) + right
    }

    /// Its columns without the gap before its tail.
    fileprivate var textWidth: Int { (spans + trailing).reduce(0) { $0 + $1.text.width } }
}
