/// Text that is safe to show: the only thing that becomes cells.
public struct PrintableText: Hashable, Sendable {
    /// A grapheme that fits one or two columns.
    public struct Glyph: Hashable, Sendable {
        public var scalars: [Unicode.Scalar]
        /// 1 or 2 columns.
        public var width: Int
        /// A stand-in for a byte or character that must not be shown as it is.
        public var isControl: Bool
    }

    public private(set) var glyphs: [Glyph]
    /// In columns.
    public private(set) var width: Int
}
