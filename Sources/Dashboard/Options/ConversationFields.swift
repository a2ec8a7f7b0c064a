import MailVocabulary
import SMTP

extension OptionField {
    /// What is said between the greeting and MAIL.
    static let conversationFields = [
        OptionField(
            "greeting", on: .conversation, .choice(SessionPlan.Greeting.allCases.map(\.rawValue)),
            hint: "EHLO, HELO, or HELO when EHLO is refused for good",
            read: { $0.greeting.rawValue },
            write: { text, settings in
                settings.greeting = SessionPlan.Greeting(rawValue: text) ?? .extended
                return settings.isLMTP && settings.greeting != .extended ? "LMTP has LHLO only" : nil
            }),
        OptionField(
            "EHLO again", on: .conversation, .choice(["no", "yes"]), hint: "after AUTH, to see how the list changes",
            read: { $0.greetsAgain ? "yes" : "no" },
            write: { text, settings in
                settings.greetsAgain = text == "yes"
                guard settings.greetsAgain else { return nil }
                if settings.isLMTP { return "LMTP has LHLO only" }
                return settings.authentication == nil ? "EHLO again comes after AUTH: choose a mechanism" : nil
            }),
        OptionField(
            "xclient", on: .conversation, .text(ClientAttributes.client.names.map { $0 + "=" }),
            hint: "before AUTH and MAIL: NAME=client.example ADDR=192.0.2.1; several: divided by commas",
            read: { $0.clientAttributes.joined(separator: ", ") },
            write: { text, settings in
                do throws(CommandFault) {
                    settings.clientAttributes = try ClientAttributes.client.readings(text)
                    return nil
                } catch {
                    return Phrase(said: error.description)
                }
            }),
        OptionField(
            "xclient first", on: .conversation, .choice(["no", "yes"]), hint: "XCLIENT before STARTTLS, in the clear",
            read: { $0.introducesBeforeTLS ? "yes" : "no" },
            write: { text, settings in
                settings.introducesBeforeTLS = text == "yes"
                return nil
            }),
        OptionField(
            "xforward", on: .conversation, .text(ClientAttributes.forward.names.map { $0 + "=" }),
            hint: "before MAIL: NAME=client.example ADDR=192.0.2.1 PROTO=ESMTP",
            read: { $0.forwardAttributes ?? "" },
            write: { text, settings in
                do throws(CommandFault) {
                    settings.forwardAttributes = try ClientAttributes.forward.reading(text)
                    return nil
                } catch {
                    return Phrase(said: error.description)
                }
            }),
        probe("NOOP", .noop, hint: "asked before MAIL, as the commands below"),
        probe("HELP", .help, hint: "what the server says of its commands"),
        probes("VRFY", .verify, hint: "an address or a name; several: divided by commas"),
        probes("EXPN", .expand, hint: "the name of a list; several: divided by commas"),
        probes("ETRN", .turn, hint: "a domain whose queue the server works off: may deliver (RFC 1985)"),
        probe("RSET", .reset, hint: "last before MAIL"),
    ]

    /// A command without an argument.
    private static func probe(_ name: String, _ verb: ServerProbe.Verb, hint: Phrase) -> OptionField {
        OptionField(
            name, on: .conversation, .choice(["no", "yes"]), hint: hint,
            read: { $0.probes.contains { $0.verb == verb } ? "yes" : "no" },
            write: {
                $1.set(verb, to: $0 == "yes" ? [""] : [])
                return nil
            })
    }

    /// A command that is said once for each of its arguments.
    private static func probes(_ name: String, _ verb: ServerProbe.Verb, hint: Phrase) -> OptionField {
        OptionField(
            name, on: .conversation, hint: hint,
            read: { $0.probes.filter { $0.verb == verb }.map(\.argument).joined(separator: ", ") },
            write: { text, settings in
                settings.set(verb, to: text.split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty })
                return fault(EnvelopeFault.inField(text, name))
            })
    }
}

extension Settings {
    /// Asks `verb` of the server once for each argument; the order of the verbs is that in which they are said.
    fileprivate mutating func set(_ verb: ServerProbe.Verb, to arguments: [String]) {
        let others = probes
        probes = ServerProbe.Verb.allCases.flatMap { each in
            each == verb ? arguments.map { ServerProbe(verb, $0) } : others.filter { $0.verb == each }
        }
    }
}
