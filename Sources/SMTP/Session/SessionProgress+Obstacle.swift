import MailVocabulary

/// What the plan demands and the server does not give.
extension SessionProgress {
    /// What can be done about the plan's AUTH; `nil` when the plan has none.
    var authenticationChoice: AuthenticationPlan.Choice? {
        plan.authentication?.choice(
            offered: keywords.first { $0.name == "AUTH" }?.parameters ?? [], isEncrypted: isSecured,
            isVerified: isVerified)
    }

    /// The next XCLIENT of the plan; QUIT when the server does not offer it.
    var introduction: SuggestedStep? {
        guard plan.clientAttributes.indices.contains(xclientsTaken) else { return nil }
        if case .refused = xclient { return SuggestedStep(.quit) }
        guard offers("XCLIENT") else { return SuggestedStep(.quit) }
        return SuggestedStep(stage: .other, line: "XCLIENT \(plan.clientAttributes[xclientsTaken])")
    }

    /// The XFORWARD of the plan; QUIT when the server does not offer it.
    var forwarding: SuggestedStep? {
        guard let attributes = plan.forwardAttributes, sender == .untried else { return nil }
        switch xforward {
        case .accepted: return nil
        case .untried where offers("XFORWARD"): return SuggestedStep(stage: .other, line: "XFORWARD \(attributes)")
        case .untried, .refused: return SuggestedStep(.quit)
        }
    }

    /// The step of the plan's AUTH; QUIT when it cannot be.
    var proof: SuggestedStep? {
        guard let choice = authenticationChoice else { return nil }
        switch (authentication, choice) {
        case (.accepted, _): return nil
        case (.refused, _) where plan.authentication?.demand == .optional: return nil
        case (.untried, .impossible) where goesOnWithoutProof: return nil
        case (.refused, _), (.untried, .impossible): return SuggestedStep(.quit)
        case (.untried, .mechanism(let mechanism)):
            return SuggestedStep(stage: .authenticate, line: "AUTH \(mechanism.rawValue)")
        }
    }

    /// AUTH is not possible here, and the plan bears that.
    private var goesOnWithoutProof: Bool {
        switch plan.authentication?.demand {
        case .optional: true
        case .offered: !offers("AUTH")
        case .required, nil: false
        }
    }

    /// Why the session goes on without the plan's AUTH, in one sentence.
    var proofLeftOut: String? {
        guard authentication == .untried, goesOnWithoutProof, case .impossible(let words) = authenticationChoice else {
            return nil
        }
        return "\(words); the session goes on without"
    }

    /// What was planned up to and including `stopAfter` has been granted.
    public var isPlanDone: Bool {
        if plan.dropsBeforeReply != nil, closed == .droppedByOperator { return true }
        guard messagesTaken < plan.messages else { return true }
        let isAuthenticated = proof == nil
        let isSecure = plan.tls != .required || isSecured
        switch plan.stopAfter {
        case .resolve, .connect: return greeting?.grants(.connect) == true
        case .hello: return isGreeted
        case .startTLS: return isGreeted && isSecure
        case .authenticate: return isGreeted && isSecure && isAuthenticated
        case .sender: return sender == .accepted
        case .recipient:
            return sender == .accepted && plan.recipients.allSatisfy { recipients[$0.forwardPath] == .accepted }
        case .data: return isDataOpen
        case .chunk, .endOfData, .reset, .quit, .other, .idle: return false
        }
    }

    /// AUTH, XCLIENT or XFORWARD was refused: that is the story, and no later one.
    private var isRefusedBeforeMail: Bool {
        let isBorne = plan.authentication?.demand == .optional
        return [isBorne ? .untried : authentication, xclient, xforward].contains {
            if case .refused = $0 { true } else { false }
        }
    }

    /// Why the next XCLIENT of the plan is not said.
    private var introductionObstacle: String? {
        guard plan.clientAttributes.indices.contains(xclientsTaken), xclient.isUnrefused, !offers("XCLIENT") else {
            return nil
        }
        return xclientsTaken == 0
            ? "XCLIENT is not tried: the server does not offer it"
            : "XCLIENT is not tried again: the server does not offer it any more"
    }

    /// Why the plan cannot go on although nothing was refused, in one sentence.
    public var obstacle: String? {
        guard isGreeted, closed == nil || closed?.isOrderly == true else { return nil }
        if plan.introducesBeforeTLS, !isSecured, let words = introductionObstacle { return words }
        if plan.tls == .required, !isSecured, startTLS == .untried, !offers("STARTTLS") {
            return "stopped: TLS is required and the server does not offer STARTTLS"
        }
        if plan.tls == .required, !isSecured { return nil }
        if let words = introductionObstacle { return words }
        if authentication == .untried, !goesOnWithoutProof, case .impossible(let words) = authenticationChoice {
            return words
        }
        if plan.forwardAttributes != nil, xforward == .untried, !offers("XFORWARD") {
            return "XFORWARD is not tried: the server does not offer it"
        }
        return plan.stopAfter >= .sender && !isRefusedBeforeMail ? serviceObstacle : nil
    }
}

extension SessionProgress.Verdict {
    fileprivate var isUnrefused: Bool { if case .refused = self { false } else { true } }
}
