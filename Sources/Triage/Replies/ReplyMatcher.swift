import MailVocabulary
import SMTP

/// Ranks the entries that fit a reply; `EntryCriteria` says how well each fits.
///
/// Only entries that share a phrase, a code, an enhanced code or an event with the reply are looked at.
struct ReplyMatcher: Sendable {
    private let index: PhraseIndex
    private let lists: PhraseLists
    private let criteria: [EntryCriteria]
    /// The place of each entry when scores are equal: surer, then tied to fewer stages, then by id.
    private let order: [Int]
    /// Entries by what leads to them: a phrase, a code when they have no phrase, a status, an event.
    private var byPhrase: [[Int32]]
    private var byCode: [[Int32]]
    private var byStatus: [Int: [Int32]] = [:]
    private var bySubject: [Int: [Int32]] = [:]
    private var byEvent: [String: [Int32]] = [:]
    /// The entries that no reply can reach, because they name nothing to look for.
    private(set) var unreachable: [Int] = []

    init(_ entries: [ReplyEntry]) {
        let index = PhraseIndex(
            entries.flatMap(\.match.phrases),
            samples: entries.flatMap { $0.examples.map { $0.query.reply.utf8.map(ReplyNormalizer.folded) } })
        self.index = index
        var register = PhraseLists.Register()
        criteria = entries.enumerated().map { EntryCriteria($0, $1, &register) }
        lists = PhraseLists(register, index, worth: EntryCriteria.worth)
        order = Self.order(of: entries)
        byPhrase = Array(repeating: [], count: index.patterns.count)
        byCode = Array(repeating: [], count: 1000)
        for (number, entry) in entries.enumerated() { file(Int32(number), entry.match) }
    }

    /// Files an entry under the rarest thing that it asks for.
    private mutating func file(_ number: Int32, _ match: ReplyEntry.Match) {
        if !match.events.isEmpty {
            for event in match.events { byEvent[event, default: []].append(number) }
        } else if match.hasText {
            // All of `all` must stand, so the first of them is enough to be led here by; of a family, the shortest list.
            let families = match.words.flatMap { family in family.lists.min { $0.count < $1.count } ?? [] }
            let leads = match.all.isEmpty ? match.any + match.hints + families : Array(match.all.prefix(1))
            for phrase in leads {
                if let place = index.place(of: phrase) { byPhrase[place].append(number) }
            }
        } else if match.statuses.contains(where: { !$0.isAbsence }) {
            for status in match.statuses where !status.isAbsence {
                guard let details = status.details else {
                    bySubject[status.subject, default: []].append(number)
                    continue
                }
                for detail in details { byStatus[status.subject * 1000 + detail, default: []].append(number) }
            }
        } else if !match.codes.isEmpty {
            for code in Set(match.codes.flatMap { Array($0.codes) }) where byCode.indices.contains(code) {
                byCode[code].append(number)
            }
        } else {
            unreachable.append(Int(number))
        }
    }

    /// Every entry that fits, best first. The order is total: the same query always gives the same answer.
    func matches(_ reply: NormalizedReply, _ query: ReplyQuery) -> [ReplyMatch] {
        let finds = index.found(in: reply.folded)
        return matches(among: candidates(reply, query, finds), reply, query, finds)
    }

    /// What it takes to answer a query: how many phrases are compared with the text, and how many entries are weighed.
    func effort(_ reply: NormalizedReply, _ query: ReplyQuery) -> (comparisons: Int, candidates: Int) {
        let finds = index.found(in: reply.folded)
        return (finds.comparisons, candidates(reply, query, finds).reduce(0) { $0 + $1.nonzeroBitCount })
    }

    /// The entries that share something with the reply: a bit for each.
    private func candidates(_ reply: NormalizedReply, _ query: ReplyQuery, _ finds: PhraseIndex.Finds) -> [UInt64] {
        var marks = [UInt64](repeating: 0, count: (criteria.count + 63) / 64)
        func mark(_ numbers: [Int32]?) {
            guard let numbers else { return }
            for number in numbers { marks[Int(number >> 6)] |= 1 << UInt64(number & 63) }
        }
        if let event = query.event { mark(byEvent[event.lowercased()]) }
        for place in finds.places { mark(byPhrase[place]) }
        if let status = reply.status {
            mark(byStatus[status.subject * 1000 + status.detail])
            mark(bySubject[status.subject])
        }
        if let code = reply.code, byCode.indices.contains(code) { mark(byCode[code]) }
        return marks
    }

    private func matches(
        among marks: [UInt64], _ reply: NormalizedReply, _ query: ReplyQuery, _ finds: PhraseIndex.Finds
    ) -> [ReplyMatch] {
        let stage = query.stage ?? reply.stage
        let vendor = query.vendor.map(VendorName.canonical) ?? (reply.hasHashStatus ? "cisco-esa" : nil)
        let worths = lists.worths(of: finds)
        var matches: [ReplyMatch] = []
        matches.reserveCapacity(32)
        for (row, word) in marks.enumerated() where word != 0 {
            var rest = word
            while rest != 0 {
                let number = row << 6 + rest.trailingZeroBitCount
                rest &= rest - 1
                if let match = criteria[number].fit(reply, query, stage: stage, vendor: vendor, worths: worths) {
                    matches.append(match)
                }
            }
        }
        let order = order
        matches.sort { left, right in
            left.score != right.score ? left.score > right.score : order[left.entry] < order[right.entry]
        }
        return matches
    }

    private static func order(of entries: [ReplyEntry]) -> [Int] {
        // Made once: an entry is large, and a sort would copy it at each comparison.
        let keys = entries.map { entry in
            let breadth = entry.match.stages.isEmpty ? SessionStage.allCases.count : entry.match.stages.count
            return (-entry.certainty.rank, breadth, entry.id)
        }
        var order = Array(repeating: 0, count: entries.count)
        for (place, number) in entries.indices.sorted(by: { keys[$0] < keys[$1] }).enumerated() {
            order[number] = place
        }
        return order
    }
}

extension ReplyExplanation.Certainty {
    /// Higher is surer.
    var rank: Int {
        switch self {
        case .certain: 2
        case .likely: 1
        case .generic: 0
        }
    }
}
