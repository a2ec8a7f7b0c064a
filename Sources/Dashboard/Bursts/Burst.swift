import MailVocabulary
import SMTP

/// A burst of the dashboard, from the question where it would go to its statistics.
public struct Burst: Sendable {
    public enum Phase: Hashable, Sendable {
        /// The target's name is being looked up.
        case locating
        /// It is known where it would go; nothing is sent.
        case asking
        case running
        /// No message is begun any more; what is under way is finished.
        case stopping
        case done
        /// One sentence.
        case failed(String)
    }

    /// Counts the bursts: what an earlier one still says is not of this one.
    public let number: Int
    public let plan: BurstPlan
    public internal(set) var phase = Phase.locating
    public internal(set) var resolution = Resolution()
    public internal(set) var statistics = BurstStatistics()

    public init(number: Int, plan: BurstPlan) { (self.number, self.plan) = (number, plan) }

    /// Connections are open, or about to be.
    public var isUnderWay: Bool { phase == .running || phase == .stopping }

    /// The first address that is neither loopback nor of a private range: to send there, the operator types the host's name.
    public var foreignAddress: IPAddress? { resolution.candidates.flatMap(\.addresses).first { !$0.isPrivate } }
}
