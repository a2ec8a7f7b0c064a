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
    private var byPhrase: [[Int]]
    private var byCode: [[Int]]
    private var byStatus: [Int: [Int]] = [:]
    private var bySubject: [Int: [Int]] = [:]
    private var byEvent: [String: [Int]] = [:]
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
        for (number, entry) in entries.enumerated() { file(number, entry.match) }
    }

    /// Files an entry under the rarest thing that it asks for.
    private mutating func file(_ number: Int, _ match: ReplyEntry.Match) {
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
            unreachable.append(number)
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
        return (finds.comparisons, Set(candidates(reply, query, finds)).count)
    }

    /// The entries that share something with the reply, in rising order; some come more than once.
    private func candidates(_ reply: NormalizedReply, _ query: ReplyQuery, _ finds: PhraseIndex.Finds) -> [Int] {
        var numbers: [Int] = []
        numbers.reserveCapacity(64)
        if let event = query.event { numbers += byEvent[event.lowercased()] ?? [] }
        for place in finds.places { numbers += byPhrase[place] }
        if let status = reply.status {
            numbers += byStatus[status.subject * 1000 + status.detail] ?? []
            numbers += bySubject[status.subject] ?? []
        }
        if let code = reply.code, byCode.indices.contains(code) { numbers += byCode[code] }
        numbers.sort()
        return numbers
    }

    private func matches(
        among numbers: [Int], _ reply: NormalizedReply, _ query: ReplyQuery, _ finds: PhraseIndex.Finds
    ) -> [ReplyMatch] {
        let stage = query.stage ?? reply.stage
        let vendor = query.vendor.map(VendorName.canonical) ?? (reply.hasHashStatus ? "cisco-esa" : nil)
        let worths = lists.worths(of: finds)
        var matches: [ReplyMatch] = []
        var last = -1
        for number in numbers where number != last {
            last = number
            if let match = criteria[number].fit(reply, query, stage: stage, vendor: vendor, worths: worths) {
                matches.append(match)
            }
        }
        let order = order
        matches.sort { left, right in
            left.score != right.score ? left.score > right.score : order[left.entry] < order[right.entry]
        }
        return matches
    }

    private static func order(of entries: [ReplyEntry]) -> [Int] {
        func key(_ number: Int) -> (Int, Int, String) {
            let entry = entries[number]
            let breadth = entry.match.stages.isEmpty ? SessionStage.allCases.count : entry.match.stages.count
            return (-entry.certainty.rank, breadth, entry.id)
        }
        var order = Array(repeating: 0, count: entries.count)
        for (place, number) in entries.indices.sorted(by: { key($0) < key($1) }).enumerated() { order[number] = place }
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
