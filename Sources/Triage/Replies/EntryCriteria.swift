import MailVocabulary
import SMTP

/// When one entry applies and how well, with its phrases as numbers of lists.
///
/// Words weigh more than an enhanced code, that more than a code, that more than a first digit; a product's own words
/// weigh most. A class, because a hundred thousand replies are asked against these, and a copy would cost more than
/// the question.
final class EntryCriteria: Sendable {
    /// What agreeing on something is worth.
    private enum Weight {
        static let vendorText = 1000
        static let text = 600
        /// Words that stand apart say less than a phrase.
        static let words = 480
        /// Less than an enhanced code that names a cause.
        static let hint = 280
        /// A phrase that is the whole text says more than its letters.
        static let wholeText = 60
        static let letter = 2
        /// An event is what the query is about, whatever words came with it.
        static let event = 3000
        static let vendorStatus = 500
        /// A detail that IANA's registry lacks can only mean what the product says: more than a general phrase such as
        /// `access denied`.
        static let vendorOnlyStatus = 700
        /// More than a code at its stage: `550 5.2.2` at RCPT is a full mailbox, not an unknown one.
        static let status = 360
        static let statusSubject = 120
        /// x.0.0, x.5.0, x.7.0 and x.7.1 carry no cause: less than a code at its stage.
        static let blankStatus = 250
        /// x.7.0 and x.7.1 carry no cause, but they do speak of security or policy: what a code alone usually means at
        /// its stage, a missing mailbox say, is then not what was meant.
        static let codeAgainstStatus = -200
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

    private let number: Int
    private let match: ReplyEntry.Match
    /// Lists by their numbers in `PhraseLists`. Every one of `all` must stand, so each is a list of its own.
    private let all: [Int]
    private let any: Int?
    private let hints: Int?
    private let not: Int?
    private let families: [Family]
    private let hasText: Bool
    private let hasChoice: Bool
    private let textWeight: Int
    /// True when only the code leads here, and to something that is no question of security or policy.
    private let isCodeBesidePolicy: Bool
    /// True when the entry speaks only where its product is known.
    private let isOfKnownVendor: Bool
    /// False when a phrase that must stand cannot be looked for.
    private let isFindable: Bool

    /// Words that may stand apart: one of each list, and none of those excluded.
    private struct Family {
        let lists: [Int]
        let excluded: Int?
    }

    init(_ number: Int, _ entry: ReplyEntry, _ lists: inout PhraseLists.Register) {
        let match = entry.match
        (self.number, self.match) = (number, match)
        all = match.all.compactMap { lists.number(of: [$0]) }
        any = lists.number(of: match.any)
        hints = lists.number(of: match.hints)
        not = lists.number(of: match.not)
        families = match.words.map { family in
            Family(
                lists: family.lists.compactMap { lists.number(of: $0) }, excluded: lists.number(of: family.excluded))
        }
        hasText = match.hasText
        hasChoice = match.hasChoice
        textWeight = match.vendors.isEmpty ? Weight.text : Weight.vendorText
        isFindable = match.all.allSatisfy(\.isFindable)
        isOfKnownVendor = match.after.contains(.vendorKnown)
        isCodeBesidePolicy =
            !hasText && match.statuses.isEmpty && match.events.isEmpty && !entry.replyClass.isSecurityOrPolicy
    }

    /// What it is worth that a phrase stands in the text.
    static func worth(of phrase: PhrasePattern) -> Int {
        Weight.letter * phrase.letters + (phrase.startsText && phrase.endsText ? Weight.wholeText : 0)
    }

    /// The fit with a reply; `nil` when the entry does not apply.
    ///
    /// - Parameter worths: what the phrases of the reply are worth to each list, from `PhraseLists`.
    func fit(
        _ reply: NormalizedReply, _ query: ReplyQuery, stage: SessionStage?, vendor: String?, worths: [Int32]
    ) -> ReplyMatch? {
        var result = ReplyMatch(entry: number)
        guard fitsStage(stage, &result), fitsEvent(query.event, &result), fitsText(worths, &result),
            fitsStatus(reply, vendor, &result), fitsCode(reply, &result)
        else { return nil }
        // What only the stage makes of a weak word, nothing makes of it where the stage is not known.
        if result.wording == .hint, stage == nil, !match.stages.isEmpty { return nil }
        if !match.vendors.isEmpty, let vendor {
            if match.vendors.contains(vendor) {
                result.gain(Weight.vendor, .vendor)
            } else {
                result.score += Weight.otherVendor
                result.isOtherVendors = true
            }
        }
        if isOfKnownVendor, vendor == nil || result.isOtherVendors { return nil }
        if isCodeBesidePolicy, let status = reply.status, status.subject == 7, status.isBlank {
            result.score += Weight.codeAgainstStatus
        }
        for condition in match.after {
            switch condition.holds(in: query) {
            case true?: result.gain(condition.isDelay ? Weight.delay : Weight.condition, .condition)
            case false?: return nil
            case nil: if condition.isDelay { return nil }
            }
        }
        return result.score > 0 ? result : nil
    }

    private func fitsStage(_ stage: SessionStage?, _ result: inout ReplyMatch) -> Bool {
        guard !match.stages.isEmpty else { return true }
        guard let stage else {
            result.score += Weight.unknownStage
            return true
        }
        guard match.stages.contains(stage) else { return false }
        result.gain(Weight.stage, .stage)
        return true
    }

    private func fitsEvent(_ event: String?, _ result: inout ReplyMatch) -> Bool {
        guard !match.events.isEmpty else { return true }
        guard let event = event?.lowercased(), match.events.contains(event) else { return false }
        result.gain(Weight.event, .event)
        return true
    }

    private func fitsText(_ worths: [Int32], _ result: inout ReplyMatch) -> Bool {
        func worth(_ list: Int?) -> Int { list.map { Int(worths[$0]) } ?? 0 }
        guard isFindable, worth(not) == 0 else { return false }
        var sum = 0
        for list in all {
            guard worth(list) > 0 else { return false }
            sum += worth(list)
        }
        guard hasText else { return true }
        if !hasChoice || worth(any) > 0 {
            result.gain(textWeight + sum + worth(any), .text)
            return true
        }
        var best = 0
        for family in families where worth(family.excluded) == 0 {
            if family.lists.allSatisfy({ worths[$0] > 0 }) {
                best = max(best, family.lists.reduce(0) { $0 + Int(worths[$1]) })
            }
        }
        if best > 0 {
            result.gain(Weight.words + sum + best, .text)
            result.wording = .words
        } else if worth(hints) > 0 {
            result.gain(Weight.hint + sum + worth(hints), .text)
            result.wording = .hint
        }
        return best > 0 || worth(hints) > 0
    }

    private func fitsStatus(_ reply: NormalizedReply, _ vendor: String?, _ result: inout ReplyMatch) -> Bool {
        guard !match.statuses.isEmpty else { return true }
        var best: Int?
        for pattern in match.statuses where pattern.holds(for: reply.status) {
            if pattern.needsHash, !reply.hasHashStatus, !(vendor.map(match.vendors.contains) ?? false) { continue }
            let weight: Int
            if let status = reply.status, status.isBlank {
                weight = Weight.blankStatus
            } else if pattern.details == nil {
                weight = Weight.statusSubject
            } else {
                let isRegistered = reply.status?.isRegistered ?? true
                weight =
                    match.vendors.isEmpty
                    ? Weight.status : isRegistered ? Weight.vendorStatus : Weight.vendorOnlyStatus
            }
            best = max(best ?? 0, weight)
        }
        guard let best else { return false }
        if reply.status != nil { result.gain(best, .status) }
        return true
    }

    /// Words may lead here without a code; a code that is there must be one of the entry's.
    private func fitsCode(_ reply: NormalizedReply, _ result: inout ReplyMatch) -> Bool {
        guard !match.codes.isEmpty else { return true }
        guard let code = reply.code else {
            guard let status = reply.status else { return hasText || !match.events.isEmpty }
            return match.codes.contains { $0.codes.lowerBound / 100 == status.class }
        }
        var best: (weight: Int, ground: ReplyMatch.Grounds)?
        for pattern in match.codes where pattern.codes.contains(code) {
            let weight =
                pattern.isDigitOnly
                ? Weight.digit : result.grounds.contains(.stage) ? Weight.codeAtStage : Weight.code
            if weight > best?.weight ?? 0 { best = (weight, pattern.isDigitOnly ? .digit : .code) }
        }
        guard let best else { return false }
        result.gain(best.weight, best.ground)
        return true
    }
}

extension EnhancedStatusCode {
    /// True when IANA's registry of RFC 5248 has the detail under this subject (last updated 2024-12-06).
    var isRegistered: Bool {
        let last = [0, 10, 4, 6, 7, 6, 10, 30]
        return last.indices.contains(subject) && detail <= last[subject]
    }

    /// True for the codes that name no cause: x.0.0, x.5.0, x.7.0 and x.7.1.
    var isBlank: Bool {
        (subject, detail) == (0, 0) || (subject, detail) == (5, 0) || (subject, detail) == (7, 0)
            || (subject, detail) == (7, 1)
    }
}
