import MailVocabulary
import SMTP

/// When one entry applies and how well, with its phrases as places in the index.
///
/// Words weigh more than an enhanced code, that more than a code, that more than a first digit; a product's own words
/// weigh most. A class, because a hundred thousand replies are asked against these, and a copy would cost more than
/// the question.
final class EntryCriteria: Sendable {
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

    /// A phrase by its place in the index, and what it is worth.
    private struct Phrase {
        let place: Int
        let worth: Int
    }

    private let number: Int
    private let match: ReplyEntry.Match
    private let all: [Phrase]
    private let any: [Phrase]
    private let not: [Phrase]
    private let hasText: Bool
    /// True when only the code leads here, and to something that is no question of security or policy.
    private let isCodeBesidePolicy: Bool
    /// False when a phrase that must stand cannot be looked for.
    private let isFindable: Bool

    init(_ number: Int, _ entry: ReplyEntry, _ index: PhraseIndex) {
        let match = entry.match
        func phrases(_ patterns: [PhrasePattern]) -> [Phrase] {
            patterns.compactMap { pattern in
                let whole = pattern.startsText && pattern.endsText ? Weight.wholeText : 0
                return index.place(of: pattern).map {
                    Phrase(place: $0, worth: Weight.letter * pattern.letters + whole)
                }
            }
        }
        (self.number, self.match) = (number, match)
        (all, any, not) = (phrases(match.all), phrases(match.any), phrases(match.not))
        hasText = !match.all.isEmpty || !match.any.isEmpty
        isFindable = all.count == match.all.count
        isCodeBesidePolicy =
            !hasText && match.statuses.isEmpty && match.events.isEmpty && !entry.replyClass.isSecurityOrPolicy
    }

    /// The fit with a reply, of whose phrases `flags` tells which stand in it; `nil` when the entry does not apply.
    func fit(
        _ reply: NormalizedReply, _ query: ReplyQuery, stage: SessionStage?, vendor: String?, flags: [Bool]
    ) -> ReplyMatch? {
        var result = ReplyMatch(entry: number)
        guard fitsStage(stage, &result), fitsEvent(query.event, &result), fitsText(flags, &result),
            fitsStatus(reply, vendor, &result), fitsCode(reply, &result)
        else { return nil }
        if !match.vendors.isEmpty, let vendor {
            if match.vendors.contains(vendor) {
                result.gain(Weight.vendor, .vendor)
            } else {
                result.score += Weight.otherVendor
                result.isOtherVendors = true
            }
        }
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

    private func fitsText(_ flags: [Bool], _ result: inout ReplyMatch) -> Bool {
        guard isFindable else { return false }
        var worth = 0
        for phrase in all {
            guard flags[phrase.place] else { return false }
            worth += phrase.worth
        }
        for phrase in not where flags[phrase.place] { return false }
        guard hasText else { return true }
        var best = 0
        for phrase in any where flags[phrase.place] { best = max(best, phrase.worth) }
        guard best > 0 || match.any.isEmpty else { return false }
        result.gain((match.vendors.isEmpty ? Weight.text : Weight.vendorText) + worth + best, .text)
        return true
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
