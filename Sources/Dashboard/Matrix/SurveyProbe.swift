import MailVocabulary
import SMTP

/// One address of one host that is asked the same as the others.
public struct SurveyProbe: Hashable, Sendable {
    /// More addresses than this are no domain's mail exchangers: those behind are not asked.
    public static let most = 64

    /// Outside text.
    public var host: String
    public var address: IPAddress

    public init(host: String, address: IPAddress) { (self.host, self.address) = (host, address) }

    /// `mx1.example.test [192.0.2.25]`.
    public var name: String { host == address.description ? host : "\(host) [\(address)]" }

    /// Every address of the candidates that the plan's connection allows, in the order in which a sender tries them. The caller asks
    /// the first `most` of them.
    public static func all(of found: Resolution, for plan: SessionPlan) -> [SurveyProbe] {
        found.candidates.flatMap { candidate in
            candidate.addresses.filter { plan.connection.allows($0) }
                .map { SurveyProbe(host: candidate.host, address: $0) }
        }
    }
}
