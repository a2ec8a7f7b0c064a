import MailVocabulary
import SMTP

/// What the single words of a reply, its code, its enhanced code and its stage say for each class.
///
/// Asked only where no entry knows the reply by its words: each word says a little, and all of them together more than
/// the code's usual meaning. The figures are data, `Catalogue/weights/words.json`.
public struct ClassWeights: Sendable {
    /// How much one feature speaks for one class; hundredths, below 0 against it.
    public struct Vote: Hashable, Sendable {
        public var replyClass: ReplyClass
        public var weight: Int

        public init(_ replyClass: ReplyClass, _ weight: Int) { (self.replyClass, self.weight) = (replyClass, weight) }
    }

    /// Features by their hash, and where their votes stand.
    private var places: [UInt64: Range<Int>] = [:]
    private var votes: [Vote] = []
    /// The entry that tells a class when none of those that fit is of it.
    public private(set) var standIns: [ReplyClass: String] = [:]
    /// How much the class of the entry that fits best counts.
    public private(set) var own = 0

    /// Nothing is weighed.
    public init() {}

    /// - Parameters:
    ///   - rows: features as `ReplyFeatures` writes them, and their votes.
    ///   - standIns: ids of entries.
    ///   - own: what the class of the entry that fits best counts.
    public init(_ rows: [String: [Vote]], standIns: [ReplyClass: String], own: Int) {
        for (feature, row) in rows {
            places[ReplyFeatures.hash(feature)] = votes.count..<votes.count + row.count
            votes += row
        }
        (self.standIns, self.own) = (standIns, own)
    }

    /// Whether there is nothing to weigh with.
    public var isEmpty: Bool { votes.isEmpty }

    /// The class for which most speaks, when `own` is that of the entry that fits best; nothing when fewer than two words
    /// are known.
    func verdict(_ reply: NormalizedReply, at stage: SessionStage?, own: ReplyClass) -> ReplyClass? {
        var sums = [Int](repeating: 0, count: ReplyClass.allCases.count)
        func count(_ features: Set<UInt64>) -> Int {
            let known = features.compactMap { places[$0] }
            for range in known { for vote in votes[range] { sums[vote.replyClass.place] += vote.weight } }
            return known.count
        }
        guard count(ReplyFeatures.words(of: reply)) > 1 else { return nil }
        _ = count(ReplyFeatures.frame(of: reply, at: stage))
        sums[own.place] += self.own
        var best = own
        for candidate in ReplyClass.allCases where sums[candidate.place] > sums[best.place] { best = candidate }
        return best
    }
}

extension ReplyClass {
    /// The places of the classes in `allCases`.
    private static let places = Dictionary(uniqueKeysWithValues: zip(allCases, allCases.indices))
    fileprivate var place: Int { Self.places[self] ?? 0 }
}
