import MailVocabulary

/// What comes next by the plan.
extension SessionProgress {
    /// The next step by the plan; `nil` while a reply is due, before the greeting and after the end.
    public var suggestion: SuggestedStep? {
        guard isConnected, closed == nil, repliesDue == 0, let greeting else { return nil }
        if startTLS == .accepted, !isSecured { return nil }
        if isDataOpen { return SuggestedStep(stage: .endOfData, line: ".", isSafe: false) }
        guard greeting.grants(.connect) else { return SuggestedStep(.quit) }
        return hello ?? earlyIntroduction ?? security ?? introduction ?? proof ?? helloAgain ?? forwarding ?? probe
            ?? transaction
            ?? SuggestedStep(.quit)
    }

    private var hello: SuggestedStep? {
        if isGreeted { return nil }
        switch (extendedHello, plainHello) {
        case (_, .untried) where plan.greeting == .plain && !plan.isLMTP: return SuggestedStep(.hello(plan.helloName))
        case (.untried, _):
            return SuggestedStep(plan.isLMTP ? .localHello(plan.helloName) : .extendedHello(plan.helloName))
        case (.refused(let code), .untried) where code.severity == .permanent && !plan.isLMTP:
            return SuggestedStep(.hello(plan.helloName))
        case (.refused, _), (.accepted, _): return SuggestedStep(.quit)
        }
    }

    /// XCLIENT in the clear, where the plan wants it before STARTTLS.
    private var earlyIntroduction: SuggestedStep? {
        plan.introducesBeforeTLS && !isSecured && startTLS == .untried ? introduction : nil
    }

    private var security: SuggestedStep? {
        if isSecured || plan.tls == .never { return nil }
        switch startTLS {
        case .untried where offers("STARTTLS"): return SuggestedStep(.startTLS)
        case .untried, .refused: return plan.tls == .required ? SuggestedStep(.quit) : nil
        case .accepted: return nil
        }
    }

    /// What EHLO says once the client has proved who it is.
    private var helloAgain: SuggestedStep? {
        guard plan.greetsAgain, authentication == .accepted, !isGreetedAgain, !plan.isLMTP else { return nil }
        return SuggestedStep(.extendedHello(plan.helloName))
    }

    private var probe: SuggestedStep? {
        guard sender == .untried, plan.probes.indices.contains(probesDone) else { return nil }
        let probe = plan.probes[probesDone]
        return SuggestedStep(stage: probe.stage, line: probe.line)
    }

    private var transaction: SuggestedStep? {
        switch sender {
        case .refused(530) where !isSecured && offers("STARTTLS") && startTLS == .untried:
            return SuggestedStep(.startTLS)
        case .refused: return nil
        case .untried where serviceObstacle != nil: return nil
        case .untried: return SuggestedStep(.mail(from: plan.reversePath, parameters: mailParameters))
        case .accepted: break
        }
        guard message == .untried else { return nil }
        if let next = plan.recipients.first(where: { recipients[$0.forwardPath] == nil }) {
            return SuggestedStep(.recipient(next.forwardPath, parameters: parameters(of: next)))
        }
        guard recipients.values.contains(.accepted) else { return nil }
        return plan.services.chunk == nil
            ? SuggestedStep(.data) : SuggestedStep(stage: .chunk, line: "BDAT", isSafe: false)
    }
}
