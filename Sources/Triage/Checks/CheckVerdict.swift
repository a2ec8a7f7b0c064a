import MailVocabulary

/// What is known already about a cause: the panel says so beside it, live.
public enum CheckVerdict: Hashable, Sendable {
    /// The cause is so: the words say what was seen.
    case confirmed(Phrase)
    /// The cause is not so.
    case ruledOut(Phrase)

    /// True for a cause that is so.
    public var isConfirmed: Bool { if case .confirmed = self { true } else { false } }

    /// As the panel says it.
    public var words: Phrase {
        switch self {
        case .confirmed(let seen): "seen here: \(seen)"
        case .ruledOut(let seen): "not here: \(seen)"
        }
    }
}

extension Incident {
    /// The verdict on a cause of `explanation` from what is known now; `nil` while that is not enough, and for causes that no
    /// check can tell.
    ///
    /// One check may speak for one cause and against another: a PTR record that is there rules out that it is missing, and
    /// says nothing of whether it looks like that of a dial-up line.
    public func verdict(
        on cause: ReplyExplanation.Cause, of explanation: ReplyExplanation
    ) -> CheckVerdict? {
        guard let check = cause.check else { return nil }
        switch check {
        case .addressName, .addressConfirmed:
            return verdict(onAddress: cause.id, explanation.captured["ip"])
        case .helloName: return verdict(onHelloName: cause.id)
        case .exchangers, .nullExchanger: return verdict(onExchangers: cause.id)
        case .senderExchangers, .alignment: return verdict(onSenderDomain: cause.id)
        case .senderPolicy: return verdict(onSenderPolicy: cause.id)
        case .signature: return verdict(onSignature: cause.id)
        case .blockList: return verdict(onListing: cause.id, explanation.captured["ip"])
        case .offersTLS, .offersAuthentication: return verdict(onOffers: cause.id)
        case .handshake: return verdict(onHandshake: cause.id)
        case .size: return verdict(onSize: cause.id)
        case .connection: return verdict(onConnection: cause.id)
        case .otherExchanger: return verdict(onOtherExchanger: cause.id)
        case .greetingTime: return verdict(onGreeting: cause.id)
        }
    }
}
