import ArgumentParser
import FoundationEssentials
import Glibc
import MailVocabulary
import SMTP

/// The envelope, as options: shared by the dashboard and `send`.
struct EnvelopeOptions: ParsableArguments {
    static let usualSubject = "Porthole test"
    static let usualBody = "This is a test message, sent with Porthole."

    @Option(help: "The envelope sender; empty for the null reverse-path.")
    var from: String?

    @Option(help: "A recipient, and after a blank its RCPT parameters, sent as they are; repeat for more.")
    var to: [String] = []

    @Option(help: "The name after EHLO. Default: this host's name.")
    var helo: String?

    @Option(help: "Delivery reports to ask for: SUCCESS,FAILURE,DELAY or NEVER (RFC 3461).")
    var notify: String?

    @Option(help: "STARTTLS: offered, required or never. Default: offered.")
    var tls: SessionPlan.TLSPolicy?

    @Option(help: "The port, where the target names none.")
    var port: Int?

    @Option(help: "The subject of the test message.")
    var subject: String = Self.usualSubject

    @Option(help: "The text of the test message; for send also @FILE, or - for the standard input.")
    var body: String = Self.usualBody

    @Option(name: .customLong("ca-file"), help: "A PEM file of roots to trust, in place of the system's.")
    var caFile: String?

    /// The name server to ask.
    @Option(help: "The name server to ask: HOST:PORT or HOST. Default: the system's.")
    var resolver: String?

    /// The target with `--port` put in where it names no port itself.
    func target(_ text: String) throws -> SessionTarget {
        do throws(TargetFault) {
            var target = try SessionTarget(parsing: text)
            if let port {
                guard target.socketPath == nil else { throw TargetFault("a socket has no port: leave --port away") }
                guard (1...65_535).contains(port) else {
                    throw TargetFault("\(port) is not a port; a port is a number from 1 to 65535")
                }
                target.port = port
            }
            return target
        } catch {
            throw CommandFailure(error.description, .usage)
        }
    }

    /// A plan of the envelope that stops after RCPT.
    func plan(_ text: String) throws -> SessionPlan {
        let target = try target(text)
        return SessionPlan(
            target: target, helloName: try checkedHelo(), reversePath: try checkedFrom(),
            recipients: try recipients(target), tls: tls ?? .offered,
            message: TestMessage(subject: try checkedSubject(), body: body + "\n"))
    }

    /// The recipients with their NOTIFY; from the target when none is named.
    func recipients(_ target: SessionTarget?) throws -> [Recipient] {
        var conditions: [Recipient.Notify] = []
        for word in (notify ?? "").split(whereSeparator: { $0 == "," || $0 == " " }) {
            guard let condition = Recipient.Notify(rawValue: word.uppercased()) else {
                throw CommandFailure("--notify: \(word) is not one of NEVER, SUCCESS, FAILURE, DELAY", .usage)
            }
            conditions.append(condition)
        }
        if conditions.contains(.never), conditions.count > 1 {
            throw CommandFailure("--notify: NEVER stands alone (RFC 3461 §4.1)", .usage)
        }
        let paths = to.isEmpty ? [target?.recipient?.description].compactMap { $0 } : to
        return try paths.map { text in
            var words = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
            let path = words.isEmpty ? "" : words.removeFirst()
            if let fault = EnvelopeFault.inField(text, "--to") { throw CommandFailure(fault, .usage) }
            if path.isEmpty { throw CommandFailure("--to is empty: a recipient is user@domain", .usage) }
            if let fault = EnvelopeFault.inPath(path) { throw CommandFailure("--to: \(fault)", .usage) }
            var recipient = Recipient(path, notify: conditions)
            recipient.byHand = words
            return recipient
        }
    }

    func checkedFrom() throws -> String {
        let path = from ?? ""
        if let fault = EnvelopeFault.inPath(path) { throw CommandFailure("--from: \(fault)", .usage) }
        return path
    }

    func checkedHelo() throws -> String {
        let name = helo ?? Self.hostName
        if let fault = EnvelopeFault.inHelloName(name) { throw CommandFailure("--helo: \(fault)", .usage) }
        return name
    }

    func checkedSubject() throws -> String {
        if let fault = EnvelopeFault.inField(subject, "--subject") { throw CommandFailure(fault, .usage) }
        return subject
    }

    /// This host's name, or a literal of the loopback address when it has none that could be sent.
    static var hostName: String {
        var text = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&text, text.count - 1) == 0 else { return "[127.0.0.1]" }
        let name = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return name.isEmpty || EnvelopeFault.inHelloName(name) != nil ? "[127.0.0.1]" : name
    }
}

extension SessionPlan.TLSPolicy: ExpressibleByArgument {}

extension EnvelopeOptions: PlainOptions {
    mutating func read(_ line: PlainArguments) throws {
        from = try line.value("--from")
        to = try line.values("--to")
        helo = try line.value("--helo")
        notify = try line.value("--notify")
        tls = try line.value("--tls")
        port = try line.value("--port")
        subject = try line.value("--subject") ?? Self.usualSubject
        body = try line.value("--body") ?? Self.usualBody
        caFile = try line.value("--ca-file")
        resolver = try line.value("--resolver")
    }
}
