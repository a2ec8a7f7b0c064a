import MailVocabulary
import SMTP

/// A session as one of several that asked the same: what is said of it in the matrix and by `send --all-mx`.
extension SessionRecord {
    /// How a probe went, for its sign.
    var probeVerdict: Step.Verdict {
        if closed == nil { return .running }
        guard let index = decidingRefusal, case .received(let reply, _, _, _, _) = events[index].fact else {
            guard closed?.isOrderly == true else { return .failed }
            return tls?.isVerified == false || firstRefusal != nil || !probeRemarks.isEmpty ? .warning : .done
        }
        switch reply.code.severity {
        case .transient: return .refusedForNow
        case .permanent: return .refused
        case .preliminary, .success, .intermediate, nil: return .failed
        }
    }

    /// The greeting, and as far as the session came the extensions and TLS. Nothing while nothing has been said.
    public var probeFacts: [Phrase] {
        guard greetingTook != nil || closed != nil else { return [] }
        let greeting: Phrase = greetingTook.map { "greeting \($0.brief)" } ?? "no greeting"
        guard progress.isGreeted else { return [greeting] }
        let count = capabilities.count
        return [greeting, count == 1 ? "1 extension" : "\(count) extensions", tlsWords]
    }

    /// What a probe came to in a line: the refusal, the end, or how far it is. Outside text.
    public var probeOutcome: Phrase {
        if let index = decidingRefusal, let refusal = probeRefusal(index) { return Phrase(quoting: refusal) }
        if let closed, !closed.isOrderly { return Phrase(said: closed.words) }
        guard closed != nil else { return events.isEmpty ? "waits for its turn" : "at \(stage.rawValue)" }
        guard let index = firstRefusal, let refusal = probeRefusal(index) else { return "nothing was refused" }
        return "\(refusal); the session went on"
    }

    /// The deviations that were seen, each kind once. Outside text.
    public var probeRemarks: [Phrase] {
        var seen: Set<Oddity> = []
        return deviations.filter { seen.insert($0.oddity).inserted }
            .map { "! \($0.oddity.kind.rawValue) \(Phrase(said: $0.oddity.evidence))" }
    }

    /// The version and whether the certificate was verified; without TLS, whether it was refused.
    public var tlsWords: Phrase {
        guard let tls else {
            guard case .refused = progress.startTLS else { return "no TLS" }
            return "TLS refused"
        }
        let state: Phrase = tls.isVerified ? "verified" : "not verified"
        return "\(tls.version) \(state)"
    }

    private func probeRefusal(_ index: Int) -> String? {
        guard case .received(let reply, let stage, _, _, _) = events[index].fact else { return nil }
        return "\(stage.rawValue): \(reply.code) \(reply.texts.first ?? "")"
    }
}
