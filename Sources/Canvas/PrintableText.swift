/// Text that is safe to show: the only thing that becomes cells.
///
/// What a server, a log or a name server sent goes through `init(untrusted:)`, and comes out as glyphs of known width
/// in which nothing can move the cursor, change a colour, hide or turn the order of the rest (interface d3):
///
/// | input | shown |
/// |---|---|
/// | C0, DEL | its control picture, marked `isControl` |
/// | C1, controls of direction, tags, private, unassigned, invalid UTF-8 (one a byte) | U+FFFD, marked `isControl` |
/// | joiners, zero-width spaces, variation selectors | nothing; counted in `droppedCount` |
/// | a mark with nothing before it | on U+25CC |
/// | more than four marks on a base | the first four |
/// | more than 8 KiB | the first 8 KiB and a `>` marked `isControl` |
public struct PrintableText: Hashable, Sendable {
    /// From left to right.
    public private(set) var glyphs: [Glyph]
    /// In columns.
    public private(set) var width: Int
    /// How many zero-width characters were left out.
    public private(set) var droppedCount = 0

    /// More of a line is not looked at; one letter with a million accents must not cost a tenth of a second.
    public static let mostBytes = 8192

    /// Nothing.
    public init() { (glyphs, width) = ([], 0) }

    /// What text of unknown origin is replaced by before it is shown, while a screen is drawn that hides some of it: the one
    /// place that nothing gets past.
    @TaskLocal private static var veil: (@Sendable ([UInt8]) -> [UInt8])?

    /// Does `body` with outside text replaced by what `hide` makes of it.
    ///
    /// Not optimized: Swift 6.3 inlines the binding of a task-local value outside a task into code that crashes.
    @_optimize(none) @inline(never)
    public static func veiled<Value>(
        by hide: @escaping @Sendable ([UInt8]) -> [UInt8], _ body: () -> Value
    ) -> Value {
        $veil.withValue(hide, operation: body)
    }

    /// Text of unknown origin.
    public init(untrusted text: String) {
        self.init(untrusted: Array(text.utf8.prefix(Self.mostBytes + 4)))
    }

    /// What the operator is typing: made as safe as any other text, but never hidden from whoever types it.
    public init(typed text: String) {
        self.init(Array(text.utf8.prefix(Self.mostBytes + 4)), nil)
    }

    /// Bytes of unknown origin. With `tabStops`, a tab moves to the next multiple of it, as a log wants it.
    public init(untrusted bytes: [UInt8], tabStops: Int? = nil) {
        self.init(Self.veil.map { $0(bytes) } ?? bytes, tabStops)
    }

    private init(_ bytes: [UInt8], _ tabStops: Int?) {
        self.init()
        glyphs.reserveCapacity(min(bytes.count, Self.mostBytes))
        var index = 0
        while index < bytes.count {
            guard index < Self.mostBytes else {
                append(Glyph(">", isControl: true))
                break
            }
            switch UTF8Decoding(bytes, at: index) {
            case .scalar("\t", let length) where (tabStops ?? 0) > 0:
                let stop = tabStops ?? 1
                append(contentsOf: repeatElement(Glyph.space, count: stop - width % stop))
                index += length
            case .scalar(let scalar, let length):
                append(scalar)
                index += length
            case .invalid, .incomplete:
                append(.replacement)
                index += 1
            }
        }
    }

    /// A number in decimal.
    public init(_ number: some BinaryInteger) { self.init(untrusted: String(number)) }

    /// Blanks.
    public init(blanks count: Int) {
        (glyphs, width) = (Array(repeating: .space, count: max(0, count)), max(0, count))
    }

    init(_ glyphs: some Sequence<Glyph>) {
        self.glyphs = Array(glyphs)
        width = self.glyphs.reduce(0) { $0 + Int($1.width) }
    }

    /// Whether there is nothing to show.
    public var isEmpty: Bool { glyphs.isEmpty }

    /// The text as it is shown, stand-ins included: never a control character.
    public var plain: String {
        var text = ""
        text.reserveCapacity(glyphs.count)
        for glyph in glyphs { glyph.write(to: &text) }
        return text
    }

    /// One text after the other.
    public static func + (left: PrintableText, right: PrintableText) -> PrintableText {
        var sum = left
        sum += right
        return sum
    }

    /// Adds text at the end.
    public static func += (left: inout PrintableText, right: PrintableText) {
        left.glyphs.append(contentsOf: right.glyphs)
        left.width += right.width
        left.droppedCount += right.droppedCount
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x20...0x7E: append(Glyph(scalar))
        case 0x00...0x1F: append(Glyph(Unicode.Scalar(0x2400 + scalar.value) ?? "?", isControl: true))
        case 0x7F: append(Glyph("\u{2421}", isControl: true))
        case 0x80...0x9F: append(.replacement)
        case _:
            switch ScalarClass(scalar) {
            case .narrow: append(Glyph(scalar))
            case .wide: append(Glyph(scalar, width: 2))
            case .mark: append(mark: scalar)
            case .dropped: droppedCount += 1
            case .replaced: append(.replacement)
            }
        }
    }

    private mutating func append(mark: Unicode.Scalar) {
        if let last = glyphs.last, !last.isControl {
            glyphs[glyphs.count - 1].add(mark: mark)
        } else {
            append(Glyph("\u{25CC}"))
            glyphs[glyphs.count - 1].add(mark: mark)
        }
    }

    private mutating func append(_ glyph: Glyph) {
        glyphs.append(glyph)
        width += Int(glyph.width)
    }

    private mutating func append(contentsOf more: some Sequence<Glyph>) {
        for glyph in more { append(glyph) }
    }
}

extension PrintableText: ExpressibleByStringLiteral {
    /// Our own words. The same rules hold for them; there is no interpolation, so nothing foreign slips in this way.
    public init(stringLiteral value: StaticString) { self.init(Array(value.description.utf8), nil) }
}

extension PrintableText: CustomStringConvertible {
    /// The text as it is shown.
    public var description: String { plain }
}

extension Glyph {
    /// Stands for what has no right to be shown.
    static let replacement = Glyph("\u{FFFD}", isControl: true)
}
