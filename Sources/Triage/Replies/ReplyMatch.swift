/// How well an entry fits a reply, and on what the fit rests.
struct ReplyMatch: Hashable, Sendable {
    /// One thing that entry and reply agree on.
    enum Ground: String, Hashable, Sendable, CaseIterable {
        case code
        /// No more than the first digit of the code.
        case digit
        case status, text, event, stage, vendor, condition
    }

    /// The place of the entry in the catalogue.
    var entry: Int
    var score: Int
    var grounds: Set<Ground>
    /// True when the entry was written for another product than the one that answered.
    var isOtherVendors: Bool
}
