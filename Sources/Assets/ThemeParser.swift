import Canvas
import TOMLKit

/// Reads a theme's text. The format is explained in `Themes/README.md`.
///
/// Nothing is passed over: an unknown key, role, colour or glyph is a fault that names its line.
struct ThemeParser {
    /// What a theme file says, its inheritance resolved.
    struct Result {
        var theme: Theme
        var palette: [String: Colour]
        /// The background that the colours were chosen for, 0xRRGGBB.
        var background: UInt32?
    }

    private let source: TOMLFile
    private let inherited: (String) throws(TOMLFault) -> Result

    /// - Parameter inherited: gives the theme of a name, for `inherits`.
    init(file: String, text: String, inherited: @escaping (String) throws(TOMLFault) -> Result) {
        (source, self.inherited) = (TOMLFile(file: file, text: text), inherited)
    }

    func parse() throws(TOMLFault) -> Result {
        let table = try source.table()
        try refuseUnknown(
            in: table, known: ["name", "variant", "background", "backdrop", "inherits", "palette", "roles", "glyphs"])
        guard let name = table["name"]?.string, !name.isEmpty else {
            throw fault("a theme needs a name: name = \"…\"", at: "name")
        }
        var result = Result(theme: Theme(name: name), palette: [:])
        if let parent = try string("inherits", in: table) { result = try inherited(parent) }
        result.theme.name = name
        if let variant = try string("variant", in: table) {
            guard let known = Theme.Variant(rawValue: variant) else {
                throw fault("variant \"\(variant)\" is neither dark nor light", at: "variant")
            }
            result.theme.variant = known
        }
        if let background = try string("background", in: table) {
            result.background = try rgb(background, at: "background")
        }
        for (name, value) in try entries("palette", in: table) {
            guard let colour = value.table else {
                throw fault("palette colour \"\(name)\" is not a table like { rgb = \"#86e5c8\" }", at: name)
            }
            result.palette[name] = try self.colour(colour, at: name)
        }
        if let backdrop = try string("backdrop", in: table) {
            guard let colour = result.palette[backdrop] else {
                throw fault("backdrop \"\(backdrop)\" is not in the palette", at: "backdrop")
            }
            result.theme.backdrop = colour
        }
        for (name, value) in try entries("roles", in: table) {
            guard let role = Role(rawValue: name) else { throw fault("there is no role \"\(name)\"", at: name) }
            guard let style = value.table else {
                throw fault("role \"\(name)\" is not a table like { fg = \"mint\" }", at: name)
            }
            result.theme.roles[role] = try roleStyle(style, of: name, palette: result.palette)
        }
        for (name, value) in try entries("glyphs", in: table) { try set(name, to: value, in: &result.theme.glyphs) }
        return result
    }

    private func roleStyle(
        _ table: TOMLTable, of role: String, palette: [String: Colour]
    ) throws(TOMLFault) -> Theme.RoleStyle {
        try refuseUnknown(in: table, known: ["fg", "bg", "mods", "mono"], at: role)
        let attributes = try self.attributes(table["mods"], at: role)
        return Theme.RoleStyle(
            foreground: try colour(table["fg"], at: role, palette: palette),
            background: try colour(table["bg"], at: role, palette: palette),
            attributes: attributes ?? [],
            mono: try self.attributes(table["mono"], at: role) ?? attributes ?? [])
    }

    private func colour(
        _ value: (any TOMLValueConvertible)?, at role: String, palette: [String: Colour]
    ) throws(TOMLFault) -> Colour? {
        guard let value else { return nil }
        if let table = value.table { return try colour(table, at: role) }
        guard let name = value.string else {
            throw fault("a colour of \"\(role)\" is neither a name nor a table", at: role)
        }
        if name == "default" { return nil }
        guard let colour = palette[name] else {
            throw fault("role \"\(role)\" wants the colour \"\(name)\", which is not in the palette", at: role)
        }
        return colour
    }

    private func colour(_ table: TOMLTable, at key: String) throws(TOMLFault) -> Colour {
        try refuseUnknown(in: table, known: ["rgb", "c256", "c16"], at: key)
        if table["rgb"] == nil, table["c256"] == nil, let name = table["c16"]?.string {
            // The user's own colour at every depth.
            guard let known = TerminalColour(rawValue: name) else {
                throw fault("c16 of \"\(key)\" is none of the sixteen, like \"cyan\" or \"bright-red\"", at: key)
            }
            return Colour(known)
        }
        guard let text = table["rgb"]?.string else {
            throw fault("colour \"\(key)\" has no rgb = \"#rrggbb\"", at: key)
        }
        let rgb = try rgb(text, at: key)
        var colour = Colour(rgb: rgb, c256: 0, c16: nil)
        if let value = table["c256"] {
            guard let number = value.int, (16...255).contains(number) else {
                throw fault("c256 of \"\(key)\" is not a number from 16 to 255", at: key)
            }
            colour.c256 = UInt8(number)
        } else {
            colour.c256 = NearestColour.c256(for: rgb)
        }
        if let value = table["c16"] {
            guard let known = value.string.flatMap(TerminalColour.init(rawValue:)) else {
                throw fault("c16 of \"\(key)\" is none of the sixteen, like \"cyan\" or \"bright-red\"", at: key)
            }
            colour.c16 = known
        }
        return colour
    }

    private func rgb(_ text: String, at key: String) throws(TOMLFault) -> UInt32 {
        let digits = text.utf8.dropFirst()
        guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6,
            text.dropFirst().allSatisfy(\.isHexDigit),
            let value = UInt32(String(text.dropFirst()), radix: 16)
        else { throw fault("\"\(text)\" of \"\(key)\" is not a colour like \"#86e5c8\"", at: key) }
        return value
    }

    private func attributes(
        _ value: (any TOMLValueConvertible)?, at role: String
    ) throws(TOMLFault) -> Attributes? {
        guard let value else { return nil }
        guard let names = value.array else { throw fault("mods and mono of \"\(role)\" are lists", at: role) }
        var attributes: Attributes = []
        for name in names {
            guard let known = Attributes.names.first(where: { $0.name == name.string }) else {
                let all = Attributes.names.map(\.name).joined(separator: " ")
                throw fault("role \"\(role)\" has an attribute that is none of \(all)", at: role)
            }
            attributes.insert(known.attribute)
        }
        return attributes
    }

    private func set(
        _ name: String, to value: any TOMLValueConvertible, in glyphs: inout Theme.Glyphs
    ) throws(TOMLFault) {
        guard let text = value.string else { throw fault("glyph \"\(name)\" is not a text", at: name) }
        let glyph = PrintableText(untrusted: text)
        switch name {
        case "borders":
            guard let borders = Borders(rawValue: text) else {
                throw fault("borders \"\(text)\" are none of unicode, ascii, none", at: name)
            }
            glyphs.borders = borders
            return
        case "ok": glyphs.ok = glyph
        case "fail": glyphs.fail = glyph
        case "open": glyphs.open = glyph
        case "closed": glyphs.closed = glyph
        case "bar": glyphs.bar = glyph
        case _: throw fault("there is no glyph \"\(name)\"", at: name)
        }
        guard glyph.width == 1, !glyph.glyphs.contains(where: \.isControl) else {
            throw fault("glyph \"\(name)\" does not fill one column", at: name)
        }
    }

    // MARK: tables

    private func string(_ key: String, in table: TOMLTable) throws(TOMLFault) -> String? {
        guard let value = table[key] else { return nil }
        guard let text = value.string else { throw fault("\(key) is not a text", at: key) }
        return text
    }

    /// The entries of a section in the order of their names; none when it is missing.
    private func entries(
        _ key: String, in table: TOMLTable
    ) throws(TOMLFault) -> [(String, any TOMLValueConvertible)] {
        guard let value = table[key] else { return [] }
        guard let section = value.table else { throw fault("[\(key)] is not a section", at: key) }
        var entries: [(String, any TOMLValueConvertible)] = []
        for (name, value) in section { entries.append((name, value)) }
        return entries
    }

    private func refuseUnknown(
        in table: TOMLTable, known: Set<String>, at key: String? = nil
    ) throws(TOMLFault) {
        for (name, _) in table where !known.contains(name) {
            let all = known.sorted().joined(separator: ", ")
            let place = key.map { " in \"\($0)\"" } ?? ""
            throw fault("there is no key \"\(name)\"\(place), only \(all)", at: key ?? name)
        }
    }

    private func fault(_ problem: String, at key: String) -> TOMLFault {
        TOMLFault(file: source.file, line: source.line(of: key), problem: problem)
    }
}
