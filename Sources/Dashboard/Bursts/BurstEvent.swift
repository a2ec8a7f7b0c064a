import SMTP

/// What happens on the way of a burst.
public enum BurstEvent: Hashable, Sendable {
    /// Where it would go.
    case located(Resolution)
    /// It cannot be: one sentence.
    case failed(String)
    /// How it stands, a few times a second.
    case advanced(BurstStatistics)
    /// How it stood at its end.
    case ended(BurstStatistics)
}
