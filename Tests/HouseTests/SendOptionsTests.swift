import Testing

@testable import Dashboard

@Suite("Options of send and of the dashboard")
struct SendOptionsTests {
    /// Where the operator of the dashboard sets what the option sets: a field of the form, or in words another place.
    private enum Place {
        case field(String)
        case elsewhere(String)
    }

    /// Every option of `porthole send`, by its long name.
    private static let places: [String: Place] = [
        "from": .field("from"), "to": .field("to"), "helo": .field("helo"), "notify": .field("notify"),
        "tls": .field("tls"), "port": .field("server"), "subject": .field("subject"), "body": .field("text"),
        "ca-file": .field("roots"), "resolver": .elsewhere("an option of the dashboard too: all its panes ask one"),
        "auth": .field("mechanism"), "auth-user": .field("user"), "auth-as": .field("acts as"),
        "auth-plaintext-ok": .field("channel"), "auth-unverified-ok": .field("channel"),
        "auth-no-initial-response": .field("initial response"), "auth-optional": .field("AUTH is"),
        "auth-optional-strict": .field("AUTH is"), "channel-binding": .field("channel binding"),
        "password-file": .elsewhere("asked for in a dialog"), "password-env": .elsewhere("asked for in a dialog"),
        "password-fd": .elsewhere("asked for in a dialog"),
        "tls-min": .field("oldest version"), "tls-max": .field("newest version"), "ciphers": .field("ciphers"),
        "sni": .field("SNI"), "tls-host": .field("certificate name"), "pin": .field("pins"),
        "tls-verify": .field("must verify"), "tls-resume": .field("resume"),
        "tls-save-chain": .elsewhere(":export NAME.pem"),
        "dry-run": .elsewhere("the step list and :plan say what is said"),
        "starttls-discard": .field("injected bytes"),
        "client-cert": .field("client certificate"), "client-key": .field("client key"),
        "ret": .field("ret"), "envid": .field("envid"), "orcpt": .field("orcpt"), "size": .field("size"),
        "body-type": .field("body type"), "smtputf8": .field("smtputf8"), "mail-param": .field("MAIL parameters"),
        "bdat": .field("BDAT"), "prdr": .field("PRDR"), "requiretls": .field("REQUIRETLS"),
        "deliver-by": .field("deliver by"), "priority": .field("priority"), "hold-for": .field("hold"),
        "hold-until": .field("hold"), "ignore-limits": .field("ignore limits"),
        "greet": .field("greeting"), "ehlo-again": .field("EHLO again"), "xclient": .field("xclient"),
        "xclient-before-starttls": .field("xclient first"),
        "xforward": .field("xforward"), "noop": .field("NOOP"), "server-help": .field("HELP"), "vrfy": .field("VRFY"),
        "expn": .field("EXPN"), "etrn": .field("ETRN"), "rset": .field("RSET"),
        "header": .field("header fields"), "add-header": .field("more header fields"),
        "remove-header": .field("no header fields"), "date": .field("header fields"), "html": .field("html"),
        "attach": .field("attachments"), "inline": .field("inline files"), "charset": .field("charset"),
        "encoding": .field("encoding"), "template": .field("tokens"), "raw": .field("raw file"),
        "raw-crlf": .field("raw line ends"), "no-dot-stuffing": .field("dot-stuffing"),
        "print-message": .elsewhere("the dialog behind S says what goes out"),
        "smuggle": .field("smuggling probe"), "yes-smuggle": .elsewhere("typed into a dialog"),
        "sessions": .field("sessions"), "reconnect": .field("reconnect"),
        "yes-really": .elsewhere("typed into a dialog"),
        "v4": .field("family"), "v6": .field("family"), "lmtp": .field("lmtp"), "pipelining": .field("pipelining"),
        "source": .field("source"), "interface": .field("interface"), "proxy": .field("proxy"),
        "proxy-password-file": .elsewhere("asked for in a dialog"),
        "proxy-password-env": .elsewhere("asked for in a dialog"),
        "proxy-password-fd": .elsewhere("asked for in a dialog"),
        "pipe": .field("pipe"), "proxy-protocol": .field("proxy header"), "proxy-client": .field("proxy header"),
        "proxy-server": .field("proxy header"), "proxy-header": .field("proxy header"), "timeout": .field("deadlines"),
        "stop-after": .field("stop after"), "drop-after": .field("drop after"),
        "drop-before-reply": .field("drop before reply"), "max-time": .field("time in all"),
        "count": .field("messages"),
        "send": .elsewhere("S, behind a dialog"), "all-mx": .elsewhere("m"), "json": .elsewhere("x writes a report"),
        "lang": .elsewhere("an option of the dashboard too, and J"),
    ]

    @Test("every option of send has its field in the dashboard, or is named as one that needs none")
    func complete() throws {
        let options = try Self.options()
        #expect(options.count > 80, "the sources of the options are not read as they are written: \(options)")
        #expect(options.subtracting(Self.places.keys).isEmpty, "no place in the dashboard")
        #expect(Set(Self.places.keys).subtracting(options).isEmpty, "no such option of send")
    }

    @Test("every field that answers to an option of send is there")
    func fields() {
        for (option, place) in Self.places {
            if case .field(let name) = place { #expect(OptionField[name] != nil, "--\(option): \(name)") }
        }
    }

    @Test("the names of the fields are all different")
    func names() {
        let names = OptionField.all.map(\.name)
        #expect(Set(names).count == names.count)
    }

    /// The names in the option groups of `send`, read from their sources.
    private static func options() throws -> Set<String> {
        let groups = [
            "EnvelopeOptions", "Commands/Send", "Send/AuthenticationOptions", "Send/TLSOptions", "Send/DeliveryOptions",
            "Send/ServiceOptions", "Send/ConversationOptions", "Send/MessageOptions", "Send/BurstOptions",
            "Send/ConnectionOptions", "Send/StageOptions",
        ]
        var names: Set<String> = []
        for group in groups {
            let text = try Tree.text("Sources/porthole/\(group).swift")
            var custom: String?
            var isDeclared = false
            for line in text.split(separator: "\n") {
                if line.hasPrefix("    @Option(") || line.hasPrefix("    @Flag(") || line == "    @Option"
                    || line == "    @Flag"
                {
                    (isDeclared, custom) = (true, nil)
                }
                if let range = line.firstRange(of: "customLong(\"") {
                    custom = String(line[range.upperBound...].prefix { $0 != "\"" })
                }
                guard isDeclared, line.hasPrefix("    var ") else { continue }
                let name = String(line.dropFirst(8).prefix { $0 != ":" && $0 != " " })
                names.insert(custom ?? longName(of: name))
                isDeclared = false
            }
        }
        // -4 and -6.
        return Set(names.map { $0 == "only-v4" ? "v4" : $0 == "only-v6" ? "v6" : $0 })
    }

    /// `tlsMin` becomes `tls-min`.
    private static func longName(of variable: String) -> String {
        var name = ""
        for character in variable {
            name += character.isUppercase ? "-" + character.lowercased() : String(character)
        }
        return name
    }
}
