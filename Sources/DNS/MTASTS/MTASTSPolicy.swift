import MailVocabulary

/// The policy that a domain publishes on its web server, RFC 8461 §3.2.
public struct MTASTSPolicy: Hashable, Sendable {
    /// What senders do when a host does not meet the policy, RFC 8461 §5.
    public enum Mode: String, Hashable, Sendable {
        /// They do not deliver.
        case enforce
        /// They deliver, and report.
        case testing
        /// There is no policy any more.
        case none
    }

    /// Why senders ignore a policy.
    public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// Half a sentence, to stand behind "the policy".
        public var phrase: Phrase

        /// The same in English.
        public var description: String { phrase.description }
    }

    /// What senders do.
    public var mode: Mode
    /// For how long senders keep it, in seconds.
    public var maxAge: Int
    /// Host names and `*.` patterns, in the order given.
    public var patterns: [String]
    /// The longest time that `max_age` may be: a year.
    public static let longestAge = 31_557_600

    /// Reads a policy; lines end with LF or CRLF, unknown keys are passed over.
    public init(_ bytes: [UInt8]) throws(Fault) {
        var values: [String: String] = [:]
        var patterns: [String] = []
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":") else {
                guard line.allSatisfy({ $0 == " " || $0 == "\t" }) else {
                    throw Fault(phrase: "has a line without a colon: \(line.prefix(60))")
                }
                continue
            }
            let key = Self.trimmed(line[..<colon])
            let value = Self.trimmed(line[line.index(after: colon)...])
            if key == "mx" {
                patterns.append(value)
            } else if values[key] == nil {
                values[key] = value
            }
        }
        guard let version = values["version"] else { throw Fault(phrase: "has no version line") }
        guard version == "STSv1" else { throw Fault(phrase: "is of version \(version.prefix(40)), not STSv1") }
        guard let mode = values["mode"].flatMap(Mode.init(rawValue:)) else {
            throw Fault(phrase: "has no mode of enforce, testing or none")
        }
        guard let age = values["max_age"].flatMap({ Int($0) }), (0...Self.longestAge).contains(age) else {
            throw Fault(phrase: "has no max_age of 0 to \(Self.longestAge) seconds")
        }
        guard mode == .none || !patterns.isEmpty else { throw Fault(phrase: "names no mx") }
        (self.mode, maxAge, self.patterns) = (mode, age, patterns)
    }

    /// Whether mail may go to a host by this policy, RFC 8461 §4.1.
    public func covers(_ host: DNSName) -> Bool {
        patterns.contains { PresentedCertificate.isName($0, for: host) }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}
