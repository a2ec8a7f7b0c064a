import DNS
import FoundationEssentials
import MailVocabulary
import Testing

import Wire

/// By the name of what they do wrong.
private enum HostileServers {
    static let named: [(mode: String, port: Int)]? = {
        ProcessInfo.processInfo.environment["HOSTILE_NAME_SERVERS"].map { text in
            text.split(separator: ",").compactMap { pair in
                let parts = pair.split(separator: "=")
                return parts.count == 2 ? Int(parts[1]).map { (String(parts[0]), $0) } : nil
            }
        }
    }()
}

/// Against a zoo of hostile name servers, one for each way to misbehave, that somebody else has started: `HOSTILE_NAME_SERVERS`
/// names them, as `silent=40001,garbage=40002`, and `HOSTILE_QUERIES` says how often each is asked. What every kind of
/// misbehaviour comes to is tested without them too, in `ResolverTests`.
@Suite("Hostile name servers", .enabled(if: HostileServers.named != nil, "HOSTILE_NAME_SERVERS names none"))
struct HostileServersTests {
    /// What may come of a question: never another of the kinds of "no answer".
    static let allowed: [String: Set<String>] = [
        "silent": ["silent"], "wrong_id": ["silent"], "wrong_question": ["silent"], "wrong_port": ["silent"],
        "qr_zero": ["silent"], "garbage": ["silent", "malformed"], "empty": ["silent"], "short_header": ["malformed"],
        "count_lies": ["malformed"], "pointer_loop": ["malformed"], "pointer_forward": ["malformed"],
        "pointer_out": ["malformed"], "label_64": ["malformed"], "name_300": ["malformed"],
        "rdlen_lies": ["malformed", "found"], "tc_tcp_close": ["unreachable"], "tcp_slow": ["silent"],
        "tcp_len_lies": ["malformed"], "servfail": ["servfail"], "refused": ["refused"], "nxdomain": ["NXDOMAIN"],
        "formerr": ["error"], "cname_loop": ["CNAME loop"], "ttl_extremes": ["found", "malformed"],
    ]

    @Test("are each told for what they are, in time", .timeLimit(.minutes(30)))
    func zoo() async throws {
        let limit = Duration.seconds(1)
        let environment = ProcessInfo.processInfo.environment
        let rounds = max(1, (environment["HOSTILE_QUERIES"].flatMap { Int($0) } ?? 240) / 240)
        let types: [RecordType] = [.a, .aaaa, .mx, .txt, .ptr, .tlsa]
        var (asked, ignored, late) = (0, 0, 0)
        for (mode, port) in try #require(HostileServers.named) {
            let resolver = Resolver(server: Endpoint(.loopback, port), limit: limit, pauses: [.milliseconds(100)])
            var questions: [DNSQuestion] = []
            for round in 0..<rounds {
                for type in types {
                    questions.append(DNSQuestion(try DNSName(reading: "n\(round).\(mode.count).test"), type))
                }
            }
            let answers = await withTaskGroup(of: DNSAnswer.self) { group in
                for question in questions { group.addTask { await resolver.ask(question) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            var counts: [String: Int] = [:]
            for answer in answers {
                counts[Self.word(answer.outcome), default: 0] += 1
                ignored += answer.ignored
                if answer.took > limit * 2 + .milliseconds(250) {
                    late += 1
                    counts["(late)", default: 0] += 1
                }
            }
            asked += answers.count
            let allowed = Self.allowed[mode] ?? ["found", "NODATA", "malformed", "more than 8 CNAMEs", "CNAME loop"]
            #expect(Set(counts.keys).subtracting(["(late)"]).isSubset(of: allowed), "\(mode): \(counts)")
            print("\(mode): \(counts.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", "))")
        }
        print("\(asked) questions, \(ignored) strays ignored, \(late) later than their limit + 250 ms")
    }

    private static func word(_ outcome: DNSAnswer.Outcome) -> String {
        switch outcome {
        case .found: "found"
        case .absent(let absence): absence.rawValue
        case .refused: "refused"
        case .serverFailure: "servfail"
        case .lame: "lame"
        case .otherError: "error"
        case .silent: "silent"
        case .unreachable: "unreachable"
        case .malformed: "malformed"
        }
    }
}
