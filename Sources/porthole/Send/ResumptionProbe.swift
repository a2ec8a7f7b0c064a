import SMTP

/// Whether a server lets a client come back with the TLS session that it gave: a second connection that says nothing of mail.
struct ResumptionProbe {
    struct Result {
        let isResumed: Bool
        /// One sentence without its stop.
        let words: String
        let record: SessionRecord?

        var json: SessionJSON.Resumption {
            SessionJSON.Resumption(isResumed: isResumed, words: words, version: record?.tls?.version)
        }
    }

    private let first: SessionRecord

    init(after first: SessionRecord) { self.first = first }

    /// - Parameter hold: Holds a session of the same driver: what the first one left is in its memory.
    func perform(_ hold: (SessionPlan) async -> SessionRecord) async -> Result {
        guard first.tls != nil else {
            return Result(isResumed: false, words: "resumption was not tried: there was no TLS", record: nil)
        }
        var plan = first.plan
        plan.stopAfter = plan.target.implicitTLS ? .hello : .startTLS
        (plan.authentication, plan.clientAttributes, plan.forwardAttributes) = (nil, [], nil)
        (plan.recipients, plan.messages, plan.dropsBeforeReply) = ([], 1, nil)
        // A resumed session shows no certificate anew: what was demanded of it was demanded before.
        (plan.security.resumes, plan.security.mustVerify, plan.security.pins) = (true, false, [])
        let second = await hold(plan)
        guard let tls = second.tls else {
            let end = second.closed?.words ?? "there was no TLS"
            return Result(isResumed: false, words: "resumption could not be seen: \(end)", record: second)
        }
        let words =
            tls.isResumed
            ? "the server resumed the session: \(tls.version)"
            : "the server did not resume the session: a full handshake again, \(tls.version)"
        return Result(isResumed: tls.isResumed, words: words, record: second)
    }
}
