import MailVocabulary
import SMTP

extension OptionField {
    /// What M sends: many messages, for load and rate-limit questions on one's own gateway.
    static let burstFields = [
        number(
            "sessions", 1...1000, hint: "connections at the same time; M asks before anything is sent",
            \.burst.sessions),
        number("messages in all", 1...100_000, hint: "over all connections", \.burst.messages),
        OptionField(
            "octets", on: .burst, hint: "of each message; empty: the test message as it is",
            read: { $0.burst.size.map { "\($0)" } ?? "" },
            write: { text, settings in
                settings.burst.size = Int(text)
                guard !text.isEmpty, settings.burst.size.map({ (1...BurstPlan.mostOctets).contains($0) }) != true else {
                    return nil
                }
                return "a number of octets, at most \(BurstPlan.mostOctets)"
            }),
        flag("reconnect", on: .burst, hint: "a new connection for each message", \.burst.reconnects),
    ]

    private static func number(
        _ name: String, _ range: ClosedRange<Int>, hint: Phrase, _ path: any WritableKeyPath<Settings, Int> & Sendable
    ) -> OptionField {
        OptionField(
            name, on: .burst, hint: hint, read: { "\($0[keyPath: path])" },
            write: { text, settings in
                guard let number = Int(text), range.contains(number) else {
                    return "a number from \(range.lowerBound) to \(range.upperBound)"
                }
                settings[keyPath: path] = number
                return nil
            })
    }
}
