/// Who the client says it is, and over what channel it may prove it. The secret itself is not in here.
public struct AuthenticationPlan: Hashable, Sendable {
    /// What the connection must be before a secret, or anything made of it, goes out.
    public enum Channel: String, Hashable, Sendable, CaseIterable {
        /// TLS whose certificate was verified, or is the pinned one.
        case verified
        /// TLS with whomever.
        case encrypted
        /// In the clear too.
        case any
    }

    /// What becomes of the session when AUTH does not succeed.
    public enum Demand: String, Hashable, Sendable, CaseIterable {
        /// It ends.
        case required
        /// It goes on without AUTH when the server does not offer any; a refusal ends it.
        case offered
        /// It goes on, whatever is offered and whatever the server answers.
        case optional
    }

    /// `nil` for the best that is offered.
    public var mechanism: SASLMechanism?
    /// The authentication identity. Outside text.
    public var user: String
    /// The identity to act as, RFC 4422 §2; empty for one's own.
    public var actsAs: String
    public var channel: Channel
    public var demand = Demand.required
    /// Which channel binding SCRAM's PLUS forms use; `nil` for the usual one of the TLS version.
    public var binding: ChannelBinding?
    /// The first message stands in the AUTH command; otherwise it waits for the 334.
    public var sendsInitialResponse: Bool

    public init(
        mechanism: SASLMechanism? = nil, user: String, actsAs: String = "", channel: Channel = .verified,
        sendsInitialResponse: Bool = true
    ) {
        (self.mechanism, self.user, self.actsAs) = (mechanism, user, actsAs)
        (self.channel, self.sendsInitialResponse) = (channel, sendsInitialResponse)
    }

    /// What can be done with a server that offers `mechanisms`.
    enum Choice: Hashable, Sendable {
        case mechanism(SASLMechanism)
        /// One sentence.
        case impossible(String)
    }

    func choice(offered: [String], isEncrypted: Bool, isVerified: Bool) -> Choice {
        switch channel {
        case .verified where !isEncrypted, .encrypted where !isEncrypted:
            return .impossible("AUTH is not tried: the session is in the clear")
        case .verified where !isVerified:
            return .impossible("AUTH is not tried: the server's certificate was not verified")
        case .verified, .encrypted, .any: break
        }
        guard !offered.isEmpty else { return .impossible("AUTH is not tried: the server does not offer it") }
        let known = offered.compactMap { SASLMechanism(name: $0) }
        let list = offered.joined(separator: " ")
        if let mechanism {
            guard known.contains(mechanism) else {
                return .impossible("AUTH is not tried: the server offers \(list), not \(mechanism.rawValue)")
            }
            if mechanism.bindsChannel, !isEncrypted {
                return .impossible(
                    "AUTH is not tried: \(mechanism.rawValue) is bound to TLS, and the session is in the clear")
            }
            return .mechanism(mechanism)
        }
        let possible = SASLMechanism.preferred.filter { isEncrypted || !$0.bindsChannel }
        guard let best = possible.first(where: { known.contains($0) }) else {
            return .impossible("AUTH is not tried: the server offers \(list); name the mechanism")
        }
        return .mechanism(best)
    }
}
