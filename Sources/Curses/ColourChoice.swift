/// What `--color` asks for.
public enum ColourChoice: String, Hashable, Sendable, CaseIterable {
    /// Colours where the terminal has them, unless `NO_COLOR` is set and not empty.
    case auto
    /// Colours where the terminal has them, whatever `NO_COLOR` says.
    case always
    /// Attributes only.
    case never
}
