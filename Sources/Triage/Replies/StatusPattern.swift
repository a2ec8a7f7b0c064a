import MailVocabulary

/// Which enhanced status codes an entry speaks of: `5.7.25`, `x.7.25` for every class, `x.7.x`, `5.7.606-649`, or `none`.
///
/// `#4.4.5` wants the `#` with which Cisco's gateways write it, or a server known to be of the entry's vendor.
public struct StatusPattern: Hashable, Sendable {
    /// `nil` for every class.
    let `class`: Int?
    let subject: Int
    /// `nil` for every detail.
    let details: ClosedRange<Int>?
    /// True for `none`: the reply must carry no enhanced code.
    let isAbsence: Bool
    /// True for `#4.4.5`.
    let needsHash: Bool

    /// Reads the forms named above; `nil` for anything else.
    public init?(_ text: String) {
        if text == "none" {
            (self.class, subject, details, isAbsence, needsHash) = (nil, 0, nil, true, false)
            return
        }
        needsHash = text.hasPrefix("#")
        let text = needsHash ? String(text.dropFirst()) : text
        let parts = text.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let subject = Int(parts[1]) else { return nil }
        if parts[0] == "x" {
            self.class = nil
        } else {
            guard let number = Int(parts[0]), [2, 4, 5].contains(number) else { return nil }
            self.class = number
        }
        if parts[2] == "x" || parts[2] == "*" {
            details = nil
        } else {
            let ends = parts[2].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard (1...2).contains(ends.count), let low = ends.first ?? nil, let high = ends.last ?? nil,
                low <= high, high < 1000
            else { return nil }
            details = low...high
        }
        self.subject = subject
        isAbsence = false
    }

    func holds(for status: EnhancedStatusCode?) -> Bool {
        guard let status else { return isAbsence }
        guard !isAbsence, status.subject == subject, self.class == nil || self.class == status.class else {
            return false
        }
        return details?.contains(status.detail) ?? true
    }
}
