import Canvas

/// How readable a theme is: contrasts to the background it was made for, and how different its verdicts look to everybody.
public struct ThemeReport: Sendable {
    /// The contrast of a role's colour to what is behind it, 1 to 21 (WCAG 2.2).
    public struct Contrast: Sendable {
        public let role: Role
        public let rgb: Double
        public let c256: Double
    }

    /// The smallest distance between the colours of ok, temp and perm as one kind of eye sees them, in OKLab times 100.
    public struct Distance: Sendable {
        /// `normal`, `deutan`, `protan`, `tritan`.
        public let vision: String
        public let rgb: Double
        public let c256: Double
    }

    /// From here on text is readable (WCAG 2.2, level AA).
    public static let leastContrast = 4.5
    /// From here on two colours tell two verdicts apart; the words beside them always do.
    public static let leastDistance = 5.0

    public let theme: Theme
    /// `nil` when the theme names none: then there is nothing to compare with.
    public let background: UInt32?
    /// Of the roles that name a colour, in their order; borders carry no text and are left out.
    public let contrasts: [Contrast]
    /// Empty when a verdict has no colour of its own.
    public let distances: [Distance]
    /// Roles whose look is the terminal's own, or that of their parent.
    public let silentRoles: [Role]

    /// - Throws: `TOMLFault` when the file is no theme.
    public init(file: String) throws(TOMLFault) { self.init(try ThemeAssets.result(file: file)) }

    /// - Throws: `TOMLFault` when there is no theme of that name.
    public init(named name: String) throws(TOMLFault) { self.init(try ThemeAssets.parse(named: name, depth: 0)) }

    init(_ result: ThemeParser.Result) {
        (theme, background) = (result.theme, result.background)
        contrasts = Role.allCases.compactMap { role in
            guard role != .border, let behind = result.background, let style = result.theme.roles[role],
                let colour = style.foreground, !colour.isUsers
            else { return nil }
            let back = style.background
            return Contrast(
                role: role, rgb: NearestColour.contrast(colour.rgb, back?.rgb ?? behind),
                c256: NearestColour.contrast(
                    NearestColour.colour(Int(colour.c256)), back.map { NearestColour.colour(Int($0.c256)) } ?? behind))
        }
        let verdicts = [Role.ok, .temporary, .permanent].compactMap { result.theme[$0].foreground }.filter {
            !$0.isUsers
        }
        let pairs = verdicts.count == 3 ? [(0, 1), (0, 2), (1, 2)] : []
        distances =
            pairs.isEmpty
            ? []
            : ColourVision.allCases.map { vision in
                func least(_ colour: (Colour) -> UInt32) -> Double {
                    pairs.map { vision.distance(colour(verdicts[$0.0]), colour(verdicts[$0.1])) }.min() ?? 0
                }
                return Distance(
                    vision: vision.rawValue, rgb: least(\.rgb), c256: least { NearestColour.colour(Int($0.c256)) })
            }
        silentRoles = Role.allCases.filter { result.theme.roles[$0] == nil }
    }

    /// The smallest contrast of all roles and both depths; `nil` when nothing was compared.
    public var contrast: Double? { contrasts.flatMap { [$0.rgb, $0.c256] }.min() }

    /// The smallest distance of all kinds of eyes with 24 bits.
    public var distance: Double? { distances.map(\.rgb).min() }

    /// What is not readable enough, a sentence each; empty when all is well.
    public var complaints: [String] {
        contrasts.filter { min($0.rgb, $0.c256) < Self.leastContrast }.map {
            "\($0.role.rawValue): contrast \(Self.tenths(min($0.rgb, $0.c256))), text needs \(Self.leastContrast)"
        }
            + distances.filter { min($0.rgb, $0.c256) < Self.leastDistance }.map {
                "verdicts: distance \(Self.tenths(min($0.rgb, $0.c256))) to \($0.vision) eyes, they need \(Self.leastDistance)"
            }
    }

    /// With one place behind the point.
    public static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded(.down))
        return "\(tenths / 10).\(tenths % 10)"
    }
}
