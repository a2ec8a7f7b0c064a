/// How well an entry fits a reply, and on what the fit rests.
struct ReplyMatch: Hashable, Sendable {
    /// The things that entry and reply agree on.
    struct Grounds: OptionSet, Hashable, Sendable {
        let rawValue: UInt16

        static let event = Grounds(rawValue: 1 << 0)
        static let code = Grounds(rawValue: 1 << 1)
        /// No more than the first digit of the code.
        static let digit = Grounds(rawValue: 1 << 2)
        static let status = Grounds(rawValue: 1 << 3)
        static let text = Grounds(rawValue: 1 << 4)
        static let stage = Grounds(rawValue: 1 << 5)
        static let vendor = Grounds(rawValue: 1 << 6)
        static let condition = Grounds(rawValue: 1 << 7)

        /// Each with its key among the basis words, in the order in which they are told.
        static let named: [(Grounds, String)] = [
            (.event, "event"), (.code, "code"), (.digit, "digit"), (.status, "status"), (.text, "text"),
            (.stage, "stage"), (.vendor, "vendor"), (.condition, "condition"),
        ]
    }

    /// How the words of the reply led to the entry.
    enum Wording: Hashable, Sendable {
        /// By a phrase.
        case phrase
        /// By words that stand apart.
        case words
        /// By a phrase that decides only where nothing else does.
        case hint
        /// By all its words together, none of which would do alone.
        case weighed
    }

    /// The place of the entry in the catalogue.
    var entry: Int
    var score = 0
    var grounds: Grounds = []
    var wording = Wording.phrase
    /// True when the entry was written for another product than the one that answered.
    var isOtherVendors = false

    /// Notes one more thing that agrees.
    mutating func gain(_ weight: Int, _ ground: Grounds) {
        score += weight
        grounds.insert(ground)
    }
}
