import DNS
import MailVocabulary
import Testing

/// A scripted DNS: what is answered to each question, and everything not named is NXDOMAIN.
struct Answering: CustomTestStringConvertible {
    var testDescription: String
    private var script: [DNSQuestion: DNSAnswer] = [:]
    private(set) var server = Endpoint(IPAddress(v4: 192, 0, 2, 53), 53)

    init(_ title: String, server: IPAddress? = nil) {
        testDescription = title
        if let server { self.server = Endpoint(server, 53) }
    }

    /// Lines like `example.test MX 10 mx1.example.test`, or an outcome in its place: `example.test MX silent`.
    func with(_ lines: String...) throws -> Answering {
        var copy = self
        for line in lines { try copy.add(line) }
        return copy
    }

    private mutating func add(_ line: String) throws {
        let words = line.split(separator: " ", maxSplits: 2).map(String.init)
        let types: [RecordType] = [.a, .aaaa, .mx, .txt, .ptr, .ns, .cname, .tlsa, .spf]
        let type = try #require(types.first { $0.description == words[1] })
        let name = try DNSName(reading: words[0])
        let question = DNSQuestion(name, type)
        if let (outcome, took) = Self.outcome(words[2]) {
            script[question] = DNSAnswer(
                question, from: server, outcome, took: took, attempts: took > .seconds(9) ? 2 : 1)
            return
        }
        let data: RecordData
        switch type {
        case .a, .aaaa:
            data = .address(try #require(IPAddress(words[2])))
        case .mx:
            let parts = words[2].split(separator: " ").map(String.init)
            data = .exchange(MailExchanger(try #require(UInt16(parts[0])), try DNSName(reading: parts[1])))
        case .txt, .spf:
            // Several strings of one record are written `|` between them.
            data = .text(words[2].split(separator: "|").map { Array($0.utf8) })
        case .tlsa:
            let digits = Array(words[2])
            data = .other(
                stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) })
        default:
            data = .name(try DNSName(reading: words[2]))
        }
        if type == .cname {
            // An alias answers for the addresses too, and points to what the script says of its target.
            let target = try DNSName(reading: words[2])
            for type in [RecordType.a, .aaaa] {
                var answer = answer(to: DNSQuestion(target, type))
                answer.question = DNSQuestion(name, type)
                answer.aliases.insert(target, at: 0)
                script[answer.question] = answer
            }
            return
        }
        var records: [ResourceRecord] = []
        if case .found(let before)? = script[question]?.outcome { records = before }
        records.append(ResourceRecord(name, type, ttl: 60, data))
        script[question] = DNSAnswer(question, from: server, .found(records), took: .milliseconds(3))
    }

    private static func outcome(_ word: String) -> (DNSAnswer.Outcome, Duration)? {
        switch word {
        case "silent": (.silent, .seconds(20))
        case "refused": (.refused, .milliseconds(1))
        case "servfail": (.serverFailure, .milliseconds(4200))
        case "lame": (.lame, .milliseconds(2))
        case "malformed": (.malformed("it lies"), .milliseconds(2))
        case "unreachable": (.unreachable("port 53 is closed"), .milliseconds(1))
        case "formerr": (.otherError(1), .milliseconds(1))
        case "nodata": (.absent(.noSuchRecord), .milliseconds(38))
        case "nxdomain": (.absent(.noSuchName), .milliseconds(38))
        case "late-nxdomain": (.absent(.noSuchName), .seconds(7))
        case "loop": (.absent(.aliasLoop), .milliseconds(3))
        default: nil
        }
    }

    func answer(to question: DNSQuestion) -> DNSAnswer {
        if let scripted = script[question] { return scripted }
        let exists = script.keys.contains { $0.name == question.name }
        return DNSAnswer(
            question, from: server, .absent(exists ? .noSuchRecord : .noSuchName), took: .milliseconds(2))
    }

    /// What one check finds, asked until it concludes. Fails if it asks twice, asks without end, or finds what it did not declare.
    func findings(_ check: DNSCheck, _ subject: DNSSubject) -> [Finding] {
        var answers = DNSAnswers()
        for _ in 0..<20 {
            switch check.judge(subject, answers) {
            case .need(let questions):
                #expect(!questions.isEmpty, "needs nothing, yet does not conclude")
                for question in questions {
                    #expect(answers[question] == nil, "asks again for \(question)")
                    answers.insert(answer(to: question))
                }
            case .conclude(let findings):
                for finding in findings { #expect(check.mayFind.contains(finding.kind), "\(finding.kind.code)") }
                return findings
            }
        }
        Issue.record("\(check.name) never concludes")
        return []
    }

    /// The codes of the findings, in their order.
    func codes(_ name: String, _ subject: DNSSubject) throws -> [String] {
        let check = try #require(DNSCheck.all.first { $0.name == name })
        return findings(check, subject).map(\.kind.code)
    }

    /// The messages of the findings, in their order.
    func messages(_ name: String, _ subject: DNSSubject) throws -> [String] {
        let check = try #require(DNSCheck.all.first { $0.name == name })
        return findings(check, subject).map(\.message)
    }
}

extension DNSSubject {
    /// The domain of the tests.
    static let example = DNSSubject.domain(DNSName("example.test") ?? .root)
}
