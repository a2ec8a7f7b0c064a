/// From the identifiers that a question names to all that belong to them, over the scans of a log's files in their order.
///
/// The connection of a message, the other messages of that connection, what they were made of and what was made of them, and
/// the delivery connections that carried them: a set of lines in which the whole index finds the same traces as in the log.
public struct FamilySearch: Sendable {
    /// A line to be read in full.
    public struct Place: Hashable, Sendable {
        /// Which of the scans, from 0.
        public var scan: Int
        /// Lines of the scan before it.
        public var line: Int
    }

    private let ledgers: [OwnerLedger]
    /// What was counted in all lines.
    let facts: ScanFacts
    /// Whose lines were scanned.
    let writer: IdentifierScan.Writer
    /// What goes on from one stretch to the next.
    private let stitches: [UInt64]
    private var family: Set<UInt32> = []
    private var isLikelihoodIncluded = false

    /// - Parameter scans: finished ones, of consecutive stretches.
    public init(_ scans: [IdentifierScan]) { self.init(scans.map { ScannedStretch($0) }) }

    /// - Parameter scans: of consecutive stretches, each of which was asked the question.
    public init(_ scans: [ScannedStretch]) {
        ledgers = scans.map { $0.ledger }
        stitches = SessionStitch.ties(scans.map { $0.stitch })
        writer = scans.first?.writer ?? .gateway
        facts = scans.reduce(ScanFacts()) { $0 + $1.facts }
        family = close(ledgers.reduce(into: []) { $0.formUnion($1.seeds) })
    }

    /// Adds what decides to which message a failed delivery connection probably belonged: all failed ones that carried
    /// nothing, and all messages that wait.
    public mutating func includeLikelihood() {
        guard !isLikelihoodIncluded else { return }
        isLikelihoodIncluded = true
        var (failed, waiting) = (Set<UInt32>(), Set<UInt32>())
        // Few messages wait in the end: from the end of the log backwards, the first step of each decides. One that is
        // forgotten because a far away one took its place counts as waiting, which costs time only.
        var decided = [UInt32](repeating: 0, count: 1 << 18)
        for ledger in ledgers.reversed() {
            for page in ledger.pages.reversed() {
                for owner in page.reversed() where LineOwner.step(owner) != 0 {
                    let identity = LineOwner.identity(owner)
                    if LineOwner.kind(owner) == LineOwner.Kind.delivery.rawValue {
                        failed.insert(identity)
                        continue
                    }
                    let slot = Int(identity & (1 << 18 - 1))
                    if decided[slot] == identity { continue }
                    decided[slot] = identity
                    if LineOwner.step(owner) == LineOwner.Step.waits.rawValue { waiting.insert(identity) }
                }
            }
        }
        let candidates = IdentitySet(failed)
        for ledger in ledgers {
            for carry in ledger.carries where candidates.contains(UInt32(truncatingIfNeeded: carry)) {
                failed.remove(UInt32(truncatingIfNeeded: carry))
            }
        }
        family.formUnion(failed)
        family.formUnion(waiting)
    }

    private func close(_ seeds: Set<UInt32>) -> Set<UInt32> {
        var known = IdentitySet(seeds)
        for ledger in ledgers {
            for carry in ledger.carries {
                let delivery = UInt32(truncatingIfNeeded: carry)
                if seeds.contains(delivery) { known.insert(UInt32(carry >> 32)) }
            }
        }
        var before = -1
        while before != known.count {
            before = known.count
            for ties in ledgers.map({ $0.ties }) + [stitches] {
                for tie in ties {
                    let (one, other) = (UInt32(tie >> 32), UInt32(truncatingIfNeeded: tie))
                    switch (known.contains(one), known.contains(other)) {
                    case (true, false): known.insert(other)
                    case (false, true): known.insert(one)
                    case (true, true), (false, false): continue
                    }
                }
            }
        }
        var family = known.members
        for ledger in ledgers {
            for carry in ledger.carries where known.contains(UInt32(carry >> 32)) {
                family.insert(UInt32(truncatingIfNeeded: carry))
            }
        }
        return family
    }

    /// The lines to read, in the order of the log.
    public func places() -> [Place] {
        var places: [Place] = []
        let wanted = IdentitySet(family)
        for (scan, ledger) in ledgers.enumerated() {
            var line = 0
            for page in ledger.pages {
                wanted.forEachCandidate(in: page.span) { index in
                    if wanted.contains(LineOwner.identity(page[index])) || page[index] == LineOwner.foreign.rawValue {
                        places.append(Place(scan: scan, line: line + index))
                    }
                }
                line += page.count
            }
        }
        return places
    }

    /// Whether no line is of anything that the question leads to.
    var isEmpty: Bool { family.isEmpty }

    /// The bytes of the file among which the line stands, and how many lines stand there before it.
    public func block(of place: Place) -> (bytes: Range<UInt64>, linesBefore: Int) {
        ledgers[place.scan].block(of: place.line)
    }
}
