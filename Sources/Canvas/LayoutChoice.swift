/// A layout asked for with `=` or `:layout`, in place of the one that the size gives.
public enum LayoutChoice: String, Hashable, Sendable, CaseIterable {
    case narrow, medium, wide
}
