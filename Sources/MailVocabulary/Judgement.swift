/// What a check says when it is asked: that it needs more facts, or what it concludes.
public enum Judgement<Need: Sendable, Conclusion: Sendable>: Sendable {
    case need([Need])
    case conclude(Conclusion)
}
