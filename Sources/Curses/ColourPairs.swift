import CNcurses
import Canvas

/// What ncurses wants to know of a style: a colour pair and attributes, looked up once for each style.
struct ColourPairs {
    /// A style in the terms of ncurses.
    struct Painting {
        var pair: Int32
        var attributes: UInt8
    }

    private let colours: Int
    private var known: [Style: Painting] = [:]

    /// - Parameter colours: as many as the terminal has.
    init(colours: Int) { self.colours = colours }

    mutating func painting(of style: Style) -> Painting {
        if let painting = known[style] { return painting }
        var attributes = style.attributes
        let foreground = number(of: style.foreground)
        let background = number(of: style.background)
        // Eight colours have no bright ones, nor have direct colours names for them; bold is what terminals make of that.
        if colours < 16 || colours > 256, case .indexed(8...15) = style.foreground { attributes.insert(.bold) }
        let pair = foreground < 0 && background < 0 ? 0 : cn_pair(foreground, background)
        let painting = Painting(pair: pair, attributes: attributes.rawValue)
        known[style] = painting
        return painting
    }

    /// Before another theme: ncurses gives the pairs out again, oldest first, and an old number may by then mean another.
    mutating func forget() { known = [:] }

    private func number(of paint: Style.Paint) -> Int32 {
        switch paint {
        case .standard: -1
        // Direct entries keep 0 to 7 for the palette; almost black serves as black.
        case .rgb(let value): Int32(max(value & 0xFF_FFFF, 8))
        case .indexed(let index): colours < 16 || (colours > 256 && index < 16) ? Int32(index % 8) : Int32(index)
        }
    }
}
