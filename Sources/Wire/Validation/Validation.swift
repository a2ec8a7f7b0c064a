import DNS
import MailVocabulary

/// The judge beside a resolver: looks first whether signatures come through at all, because a validator behind a resolver that
/// leaves them out would call everything bogus. Made when it is first needed.
public actor Validation {
    private let resolver: Resolver
    private let anchors: TrustAnchors
    private let limit: Duration
    private var bench: Task<Bench, Never>?

    /// Who judges, or why nobody can.
    private enum Bench: Sendable {
        case judge(DNSSECValidator)
        case nobody(DNSSECVerdict.Obstacle)
    }

    /// - Parameters:
    ///   - anchors: The root's keys, unless the internet is a private one.
    ///   - limit: The longest time for one verdict, in whole seconds.
    public init(
        _ resolver: Resolver, trusting anchors: TrustAnchors = .root, limit: Duration = DNSSECValidator.usualLimit
    ) {
        (self.resolver, self.anchors, self.limit) = (resolver, anchors, limit)
    }

    /// The answer with the verdict on it; `nil` for one that is not to be judged. May take `limit`.
    public func judge(_ answer: DNSAnswer, for subject: DNSSubject) async -> DNSAnswer? {
        // Resolvers answer for `invalid.` themselves, and unsigned, RFC 6761 §6.4: a validator would call that bogus.
        guard subject.wantsVerdict(on: answer), answer.question.name.labels.last != Array("invalid".utf8) else {
            return nil
        }
        let bench: Task<Bench, Never>
        if let known = self.bench {
            bench = known
        } else {
            bench = Task { [resolver, anchors, limit] in await Self.seat(resolver, anchors, limit) }
            self.bench = bench
        }
        var judged = answer
        switch await bench.value {
        case .judge(let validator):
            judged.verdict = await validator.judge(answer.question)
        case .nobody(let obstacle):
            // What passes by need not hold for the next question.
            if obstacle.mayPass, self.bench == bench { self.bench = nil }
            judged.verdict = .unknown(obstacle)
        }
        return judged
    }

    private static func seat(_ resolver: Resolver, _ anchors: TrustAnchors, _ limit: Duration) async -> Bench {
        do {
            let zone = try anchors.zone()
            let probe = await resolver.ask(DNSQuestion(zone, .dnskey))
            guard probe.signatureLeft != nil else {
                guard !probe.isSettled else { return .nobody(.stripped) }
                return .nobody(.failed(probe.problem ?? "the keys of \(zone) cannot be had"))
            }
            let validator = try DNSSECValidator(through: probe.server, trusting: anchors, limit: limit)
            switch await validator.judge(probe.question) {
            case .secure:
                return .judge(validator)
            case .insecure:
                return .nobody(.failed("the validator holds the keys of \(zone) for unsigned"))
            case .bogus(let why):
                let words = "the keys of \(zone) are not those that are trusted (\(why))"
                return .nobody(.failed("\(words); a private internet has its own: --trust-anchor"))
            case .unknown(let obstacle):
                return .nobody(obstacle)
            }
        } catch {
            return .nobody(.failed("\(error)"))
        }
    }
}
