import MailVocabulary
import SMTP

/// What the single words of a reply, its code, its enhanced code and its stage say for each class.
///
/// Asked only where the entry that fits best is not certain: each word says a little, and all of them together more than
/// the code's usual meaning. The figures are data, `Catalogue/weights/words.json`.
public struct ClassWeights: Sendable {
    /// How much one feature speaks for one class; hundredths, below 0 against it.
    public struct Vote: Hashable, Sendable {
        public var replyClass: ReplyClass
        public var weight: Int

        public init(_ replyClass: ReplyClass, _ weight: Int) { (self.replyClass, self.weight) = (replyClass, weight) }
    }

    /// Why the entry that fits best could be wrong.
    public enum Doubt: String, Hashable, Sendable, CaseIterable {
        /// Only the code leads to it, or a word that decides where nothing else does.
        case weak
        /// Only an enhanced code that names a cause leads to it: servers choose it carelessly.
        case enhancedCode = "enhanced"
        /// Words lead to it that are no proof.
        case likely
    }

    private static let classes = ReplyClass.allCases.count
    /// No word speaks so loud that a sum of thousands of them would not fit.
    private static let loudest = 30_000
    /// How many words are told as those that decided.
    private static let mostWitnesses = 4

    /// Features by their hash, and their rows of `table`.
    private var rows: [UInt64: Int] = [:]
    /// A row of weights for each feature, by the places of the classes.
    private var table: [Int32] = []
    /// The entry that tells a class when none of those that fit is of it.
    public private(set) var standIns: [ReplyClass: String] = [:]
    /// How much the class of the entry that fits best counts.
    public private(set) var own: [Doubt: Int] = [:]

    /// Nothing is weighed.
    public init() {}

    /// - Parameters:
    ///   - votes: features as `ReplyFeatures` names them, and their votes.
    ///   - standIns: ids of entries.
    ///   - own: what the class of the entry that fits best counts; nothing where it is not given.
    public init(_ votes: [String: [Vote]], standIns: [ReplyClass: String], own: [Doubt: Int]) {
        rows.reserveCapacity(votes.count)
        table = Array(repeating: 0, count: votes.count * Self.classes)
        for (row, (feature, votes)) in votes.enumerated() {
            rows[ReplyFeatures.hash(feature)] = row
            for vote in votes {
                table[row * Self.classes + vote.replyClass.place] =
                    Int32(max(-Self.loudest, min(Self.loudest, vote.weight)))
            }
        }
        (self.standIns, self.own) = (standIns, own)
    }

    /// Whether there is nothing to weigh with.
    public var isEmpty: Bool { table.isEmpty }

    /// The class for which most speaks, when `own` is that of the entry that fits best; nothing when fewer than two words
    /// are known.
    func verdict(_ reply: NormalizedReply, at stage: SessionStage?, own: ReplyClass, _ doubt: Doubt) -> ReplyClass? {
        guard !isEmpty else { return nil }
        var sums = [Int](repeating: 0, count: Self.classes)
        var known = 0
        forEachKnownWord(of: reply) { row, _ in
            add(row, to: &sums)
            known += 1
        }
        guard known > 1 else { return nil }
        ReplyFeatures.frame(of: reply, at: stage) { if let row = rows[$0] { add(row, to: &sums) } }
        sums[own.place] += self.own[doubt] ?? 0
        var best = own
        for candidate in ReplyClass.allCases where sums[candidate.place] > sums[best.place] { best = candidate }
        return best
    }

    /// The words that speak most for a class and less for another, the loudest first, as the server wrote them: letters only.
    func witnesses(in reply: NormalizedReply, for chosen: ReplyClass, against other: ReplyClass) -> [String] {
        var loud: [(weight: Int32, place: Range<Int>)] = []
        forEachKnownWord(of: reply) { row, place in
            let start = row * Self.classes
            let weight = table[start + chosen.place]
            if weight > 0, weight > table[start + other.place], !place.isEmpty { loud.append((weight, place)) }
        }
        loud.sort { $0.weight != $1.weight ? $0.weight > $1.weight : $0.place.lowerBound < $1.place.lowerBound }
        return loud.prefix(Self.mostWitnesses).map { String(decoding: reply.text[$0.place], as: UTF8.self) }
    }

    /// Each word of the table that the reply holds, once.
    private func forEachKnownWord(of reply: NormalizedReply, _ take: (Int, Range<Int>) -> Void) {
        var seen = [UInt64](repeating: 0, count: rows.count / 64 + 1)
        ReplyFeatures.words(of: reply) { hash, place in
            guard let row = rows[hash], seen[row >> 6] & (1 << UInt64(row & 63)) == 0 else { return }
            seen[row >> 6] |= 1 << UInt64(row & 63)
            take(row, place)
        }
    }

    private func add(_ row: Int, to sums: inout [Int]) {
        let start = row * Self.classes
        for place in sums.indices { sums[place] += Int(table[start + place]) }
    }
}

extension ReplyClass {
    /// The places of the classes in `allCases`.
    private static let places = Dictionary(uniqueKeysWithValues: zip(allCases, allCases.indices))
    fileprivate var place: Int { Self.places[self] ?? 0 }
}
