/// What a client asks for in delivery status notifications, RFC 3461, as given with MAIL and RCPT.
struct DeliveryRequest: Hashable, Sendable {
    /// NOTIFY of one recipient, §4.1.
    struct Notify: OptionSet, Hashable, Sendable {
        let rawValue: Int
        static let success = Notify(rawValue: 1)
        static let failure = Notify(rawValue: 2)
        static let delay = Notify(rawValue: 4)
        /// Stands alone.
        static let never = Notify(rawValue: 8)

        /// Reads `success,failure`; `nil` for an unknown word, and for NEVER beside another.
        init?(_ text: String) {
            var result: Notify = []
            for word in text.uppercased().split(separator: ",", omittingEmptySubsequences: false) {
                switch word {
                case "SUCCESS": result.insert(.success)
                case "FAILURE": result.insert(.failure)
                case "DELAY": result.insert(.delay)
                case "NEVER": result.insert(.never)
                default: return nil
                }
            }
            guard !result.contains(.never) || result == .never else { return nil }
            self = result
        }

        init(rawValue: Int) { self.rawValue = rawValue }
    }

    /// RET=FULL, §4.3; `false` for HDRS and when it is not given.
    var returnsWholeMessage = false
    /// ENVID, §4.4, as sent, in xtext.
    var envelopeID = ""
}
