/// What changed between two EHLO lists of one session: before and after TLS, for instance.
public struct CapabilityDifference: Hashable, Sendable {
    /// As in the later list.
    public var gained: [EHLOKeyword] = []
    /// As in the earlier list.
    public var lost: [EHLOKeyword] = []

    /// A keyword whose parameters differ is lost and gained.
    public init(from earlier: [EHLOKeyword], to later: [EHLOKeyword]) {
        gained = later.filter { !earlier.contains($0) }
        lost = earlier.filter { !later.contains($0) }
    }

    public var isEmpty: Bool { gained.isEmpty && lost.isEmpty }

    /// `+AUTH PLAIN LOGIN -STARTTLS`, divided by commas. Outside text.
    public var words: String {
        (gained.map { "+\($0)" } + lost.map { "-\($0)" }).joined(separator: ", ")
    }
}
