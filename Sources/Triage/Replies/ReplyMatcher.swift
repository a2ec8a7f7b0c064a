import MailVocabulary
import SMTP

/// Ranks the entries that fit a reply.
///
/// Words weigh more than an enhanced code, that more than a code, that more than a first digit; a product's own words
/// weigh most. Only entries that share a phrase, a code or an event with the reply are looked at.
struct ReplyMatcher: Sendable {
    /// What agreeing on something is worth.
    private enum Weight {
        static let vendorText = 1000
        static let text = 600
        /// A phrase that is the whole text says more than its letters.
        static let wholeText = 60
        static let letter = 2
        /// An event is what the query is about, whatever words came with it.
        static let event = 3000
        static let vendorStatus = 500
        static let status = 300
        static let statusSubject = 120
        /// x.0.0, x.5.0, x.7.0 and x.7.1 carry no cause.
        static let blankStatus = 200
        static let codeAtStage = 250
        static let code = 150
        static let digit = 50
        static let vendor = 80
        static let otherVendor = -400
        static let stage = 60
        /// An entry for certain stages says less when the stage is not known.
        static let unknownStage = -70
        static let condition = 100
        /// A reply that came late is about the delay before it is about its words.
        static let delay = 1500
    }

    private let entries: [ReplyEntry]
    private let index: PhraseIndex
    private let all: [[Int]]
    private let any: [[Int]]
    private let not: [[Int]]
    /// Entries by what leads to them: a phrase, a code when they have no phrase, a status, an event.
    private var byPhrase: [[Int]]
    private var byCode: [[Int]]
    private var byStatus: [Int: [Int]] = [:]
    private var bySubject: [Int: [Int]] = [:]
    private var byEvent: [String: [Int]] = [:]
    /// The entries that no reply can reach, because they name nothing to look for.
    private(set) var unreachable: [Int] = []

    init(_ entries: [ReplyEntry]) {
        self.entries = entries
        let index = PhraseIndex(entries.flatMap { $0.match.all + $0.match.any + $0.match.not })
        func places(_ phrases: [PhrasePattern]) -> [Int] { phrases.compactMap { index.place(of: $0) } }
        all = entries.map { places($0.match.all) }
        any = entries.map { places($0.match.any) }
        not = entries.map { places($0.match.not) }
        byPhrase = Array(repeating: [], count: index.patterns.count)
        byCode = Array(repeating: [], count: 1000)
        for (number, entry) in entries.enumerated() {
            let match = entry.match
            if !match.events.isEmpty {
                for event in match.events { byEvent[event, default: []].append(number) }
            } else if !match.any.isEmpty || !match.all.isEmpty {
                // All of `all` must stand, so the first of them is enough to be led here by.
                for place in match.all.isEmpty ? any[number] : Array(all[number].prefix(1)) {
                    byPhrase[place].append(number)
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
        self.index = index
    }

    /// Every entry that fits, best first. The order is total: the same query always gives the same answer.
    func matches(_ reply: NormalizedReply, _ query: ReplyQuery) -> [ReplyMatch] {
        let (flags, places) = index.found(in: reply.folded)
        var numbers: [Int] = []
        if let event = query.event { numbers += byEvent[event.lowercased()] ?? [] }
        for place in places { numbers += byPhrase[place] }
        if let status = reply.status {
            numbers += byStatus[status.subject * 1000 + status.detail] ?? []
            numbers += bySubject[status.subject] ?? []
        }
        if let code = reply.code, byCode.indices.contains(code) { numbers += byCode[code] }
        numbers.sort()
        let stage = query.stage ?? reply.stage
        let vendor = query.vendor.map(VendorName.canonical) ?? (reply.hasHashStatus ? "cisco-esa" : nil)
        var matches: [ReplyMatch] = []
        var last = -1
        for number in numbers where number != last {
            last = number
            if let match = match(number, reply, query, stage: stage, vendor: vendor, flags: flags) {
                matches.append(match)
            }
        }
        return matches.sorted(by: precedes)
    }

    private func match(
        _ number: Int, _ reply: NormalizedReply, _ query: ReplyQuery, stage: SessionStage?, vendor: String?,
        flags: [Bool]
    ) -> ReplyMatch? {
        let entry = entries[number]
        let match = entry.match
        var result = ReplyMatch(entry: number, score: 0, grounds: [], isOtherVendors: false)
        func gain(_ weight: Int, _ ground: ReplyMatch.Ground) {
            result.score += weight
            result.grounds.insert(ground)
        }

        if !match.stages.isEmpty {
            if let stage {
                guard match.stages.contains(stage) else { return nil }
                gain(Weight.stage, .stage)
            } else {
                result.score += Weight.unknownStage
            }
        }
        if !match.events.isEmpty {
            guard let event = query.event?.lowercased(), match.events.contains(event) else { return nil }
            gain(Weight.event, .event)
        }
        let hasText = !match.all.isEmpty || !match.any.isEmpty
        if hasText || !not[number].isEmpty {
            guard all[number].count == match.all.count, all[number].allSatisfy({ flags[$0] }),
                !not[number].contains(where: { flags[$0] })
            else { return nil }
        }
        if hasText {
            var best = 0
            for place in any[number] where flags[place] { best = max(best, Self.worth(of: index.patterns[place])) }
            guard best > 0 || match.any.isEmpty else { return nil }
            for place in all[number] { best += Self.worth(of: index.patterns[place]) }
            gain((match.vendors.isEmpty ? Weight.text : Weight.vendorText) + best, .text)
        }
        if !match.statuses.isEmpty {
            guard let weight = statusWeight(of: match, reply, vendor) else { return nil }
            if reply.status != nil { gain(weight, .status) }
        }
        if !match.codes.isEmpty, match.events.isEmpty || reply.code != nil {
            guard let weight = codeWeight(of: match, reply, atStage: result.grounds.contains(.stage), hasText: hasText)
            else { return nil }
            if weight > 0 { gain(weight, weight == Weight.digit ? .digit : .code) }
        }
        if !match.vendors.isEmpty, let vendor {
            if match.vendors.contains(vendor) {
                gain(Weight.vendor, .vendor)
            } else {
                result.score += Weight.otherVendor
                result.isOtherVendors = true
            }
        }
        for condition in match.after {
            guard let holds = condition.holds(in: query) else {
                if condition.isDelay { return nil }
                continue
            }
            guard holds else { return nil }
            gain(condition.isDelay ? Weight.delay : Weight.condition, .condition)
        }
        return result.score > 0 ? result : nil
    }

    private static func worth(of phrase: PhrasePattern) -> Int {
        Weight.letter * phrase.letters + (phrase.startsText && phrase.endsText ? Weight.wholeText : 0)
    }

    /// `nil` when the entry speaks of other enhanced codes.
    private func statusWeight(of match: ReplyEntry.Match, _ reply: NormalizedReply, _ vendor: String?) -> Int? {
        var best: Int?
        let status = reply.status
        let isVendors = vendor.map(match.vendors.contains) ?? false
        for pattern in match.statuses where pattern.holds(for: status) {
            if pattern.needsHash, !reply.hasHashStatus, !isVendors { continue }
            let weight: Int
            if let status, status.isBlank {
                weight = Weight.blankStatus
            } else if pattern.details == nil {
                weight = Weight.statusSubject
            } else {
                weight = match.vendors.isEmpty ? Weight.status : Weight.vendorStatus
            }
            best = max(best ?? 0, weight)
        }
        return best
    }

    /// `nil` when the entry speaks of other codes; 0 when the reply has no code and its words led here.
    private func codeWeight(of match: ReplyEntry.Match, _ reply: NormalizedReply, atStage: Bool, hasText: Bool) -> Int?
    {
        guard let code = reply.code else {
            guard let status = reply.status else { return hasText ? 0 : nil }
            return match.codes.contains { $0.codes.lowerBound / 100 == status.class } ? 0 : nil
        }
        var best: Int?
        for pattern in match.codes where pattern.codes.contains(code) {
            best = max(best ?? 0, pattern.isDigitOnly ? Weight.digit : atStage ? Weight.codeAtStage : Weight.code)
        }
        return best
    }

    /// Higher score, then surer, then tied to fewer stages, then by id.
    private func precedes(_ left: ReplyMatch, _ right: ReplyMatch) -> Bool {
        if left.score != right.score { return left.score > right.score }
        let (first, second) = (entries[left.entry], entries[right.entry])
        if first.certainty != second.certainty { return first.certainty.rank > second.certainty.rank }
        let stages = (first.match.stageBreadth, second.match.stageBreadth)
        if stages.0 != stages.1 { return stages.0 < stages.1 }
        return first.id < second.id
    }
}

extension EnhancedStatusCode {
    /// True for the codes that name no cause: x.0.0, x.5.0, x.7.0 and x.7.1.
    var isBlank: Bool {
        (subject, detail) == (0, 0) || (subject, detail) == (5, 0) || (subject, detail) == (7, 0)
            || (subject, detail) == (7, 1)
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

extension ReplyEntry.Match {
    /// How many stages the entry may speak of.
    fileprivate var stageBreadth: Int { stages.isEmpty ? SessionStage.allCases.count : stages.count }
}
