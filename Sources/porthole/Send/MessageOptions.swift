import ArgumentParser
import SMTP

/// What is in the message, as options.
struct MessageOptions: ParsableArguments {
    @Option(help: "A header field in place of those of its name: \"Name: value\"; repeat for more.")
    var header: [String] = []

    @Option(help: "One more header field, whatever is there already: \"Name: value\"; repeat for more.")
    var addHeader: [String] = []

    @Option(help: "The name of a header field to leave out; repeat for more.")
    var removeHeader: [String] = []

    @Option(help: "The Date field, as it is. Default: now.")
    var date: String?

    @Option(help: "@FILE: the text as HTML too (multipart/alternative).")
    var html: String?

    @Option(help: "FILE, FILE;type=application/pdf or FILE;name=report.pdf: an attachment; repeat for more.")
    var attach: [String] = []

    @Option(help: "FILE;id=CONTENT-ID: a file that the HTML shows as cid:CONTENT-ID; repeat for more.")
    var inline: [String] = []

    @Option(help: "The charset of a --body @FILE that is not UTF-8; it is named, not converted.")
    var charset: String?

    @Option(
        help: "How the text is encoded: 7bit, 8bit, quoted-printable or base64. Default: as little as the server needs."
    )
    var encoding: String?

    @Flag(
        help: ArgumentHelp(
            "Fill in tokens in subject, body and header fields: \(MessageTokens.all.map(\.name).joined(separator: " "))."
        ))
    var template = false

    @Option(
        help: "A file that is sent unchanged as the whole message; only leading dots are doubled (RFC 5321 §4.5.2).")
    var raw: String?

    @Flag(help: "With --raw: every line ends with CRLF, whatever the file has.")
    var rawCrlf = false

    @Flag(help: "With --raw: leading dots are not doubled.")
    var noDotStuffing = false

    @Flag(help: "Print the message as it would be sent, and connect to nobody.")
    var printMessage = false

    @Option(
        help: ArgumentHelp(
            "Send a probe whose end only some servers take for one: \(SmugglingProbe.all.map(\.name).joined(separator: ", ")).",
            valueName: "name"))
    var smuggle: String?

    @Option(help: ArgumentHelp("The host's name again: yes, a probe may go there.", valueName: "host"))
    var yesSmuggle: String?

    /// Puts the options into `plan`. Every file is read here, before anybody is spoken to.
    ///
    /// - Parameters:
    ///   - body: `TEXT`, `@FILE`, or `-` for the standard input.
    /// - Throws: `CommandFailure`: one sentence.
    ///   - holdsFiles: Big files are held, and not read as they go out.
    func apply(to plan: inout SessionPlan, body: String, sends: Bool, holdsFiles: Bool) throws {
        do throws(CommandFault) {
            for name in removeHeader { plan.message.headerEdits.append(.remove(try HeaderField.checked(name: name))) }
            for text in header { plan.message.headerEdits.append(.replace(try HeaderField(parsing: text))) }
            for text in addHeader { plan.message.headerEdits.append(.add(try HeaderField(parsing: text))) }
            if let date { plan.message.headerEdits.append(.replace(try HeaderField(parsing: "Date: \(date)"))) }
        } catch { throw CommandFailure(error.description, .usage) }
        plan.message.encoding = try encoding.map { name in
            guard let encoding = TransferEncoding(rawValue: name.lowercased()), encoding != .binary else {
                throw CommandFailure("--encoding is 7bit, 8bit, quoted-printable or base64, not \(name)", .usage)
            }
            return encoding
        }
        plan.message.fillsTokens = template
        try nameFiles(body, in: &plan.message)
        try applyProbe(to: &plan, sends: sends)
        plan = try MessageReading.read(plan, holdsFiles: holdsFiles)
        try confirmRaw(plan)
    }

    private func nameFiles(_ body: String, in message: inout TestMessage) throws {
        if body == "-" { message.sources.text = body } else { try MessageReading.name(text: body, in: &message) }
        if charset != nil, message.sources.text == nil {
            throw CommandFailure("--charset names the charset of --body @FILE", .usage)
        }
        message.sources.charset = charset
        message.sources.html = try html.map { try Self.path($0, "--html") }
        message.sources.attachments =
            try attach.map { try Self.source($0, "--attach") } + inline.map { try Self.source($0, "--inline") }
        if html == nil, !inline.isEmpty { throw CommandFailure("--inline shows files inside --html @FILE", .usage) }
        try nameRaw(in: &message)
    }

    private static func source(_ text: String, _ option: String) throws -> AttachmentSource {
        let source: AttachmentSource
        do throws(CommandFault) { source = try AttachmentSource(parsing: text) } catch {
            throw CommandFailure("\(option): \(error)", .usage)
        }
        if option == "--inline", source.contentID == nil {
            throw CommandFailure("--inline wants FILE;id=CONTENT-ID", .usage)
        }
        if option == "--attach", source.contentID != nil {
            throw CommandFailure("--attach has no id; --inline has", .usage)
        }
        return source
    }

    private func nameRaw(in message: inout TestMessage) throws {
        guard let raw else {
            if rawCrlf || noDotStuffing {
                throw CommandFailure("--raw-crlf and --no-dot-stuffing need --raw FILE", .usage)
            }
            return
        }
        let others = [
            html == nil, attach.isEmpty, charset == nil, encoding == nil, date == nil, header.isEmpty,
            addHeader.isEmpty, removeHeader.isEmpty, !template, smuggle == nil,
        ]
        guard others.allSatisfy({ $0 }) else {
            throw CommandFailure(
                "--raw sends a file unchanged: it does not go with --header, --html, --attach, --template and their like",
                .usage)
        }
        (message.sources.raw, message.sources.makesCRLF, message.sources.isStuffed) = (raw, rawCrlf, !noDotStuffing)
    }

    private func confirmRaw(_ plan: SessionPlan) throws {
        guard let raw, let message = plan.message.raw else { return }
        if message.mayEndEarly {
            try confirm(
                plan,
                "\(raw) has a dot alone between line ends that some servers take for the end of the message: "
                    + "--raw-crlf makes them CRLF")
        } else if message.bareLineEnds > 0 {
            Output.complain(
                "\(raw) has \(message.bareLineEnds) line ends that are not CRLF, and they go out as they are; --raw-crlf "
                    + "changes that")
        }
    }

    private func applyProbe(to plan: inout SessionPlan, sends: Bool) throws {
        guard let smuggle else { return }
        guard let probe = SmugglingProbe(named: smuggle) else {
            let all = SmugglingProbe.all.map { "\($0.name) \($0.sequence)" }.joined(separator: ", ")
            throw CommandFailure("--smuggle: \(smuggle) is not one of \(all)", .usage)
        }
        guard sends || printMessage else { throw CommandFailure("--smuggle needs --send: it sends a message", .usage) }
        guard plan.recipients.count == 1 else {
            throw CommandFailure("--smuggle wants exactly one recipient: the replies are counted", .usage)
        }
        if !printMessage { try confirm(plan, "a probe can put a second message past the server's checks") }
        plan.message.probe = probe
    }

    /// Only the host's name, typed once more, lets a message out that may end early.
    private func confirm(_ plan: SessionPlan, _ why: String) throws {
        if printMessage { return }
        guard case .host(let host) = plan.target.destination else {
            throw CommandFailure("\(why); it wants a host as its target, not a domain", .usage)
        }
        guard let yesSmuggle else {
            throw CommandFailure("\(why); if that is what you want, add --yes-smuggle \(host)", .usage)
        }
        guard yesSmuggle.lowercased() == host.lowercased() else {
            throw CommandFailure("--yes-smuggle \(yesSmuggle) is not the target \(host)", .usage)
        }
    }

    private static func path(_ text: String, _ option: String) throws -> String {
        guard text.hasPrefix("@"), text.count > 1 else { throw CommandFailure("\(option) wants @FILE", .usage) }
        return String(text.dropFirst())
    }
}

extension MessageOptions: PlainOptions {
    mutating func read(_ line: PlainArguments) throws {
        header = try line.values("--header")
        addHeader = try line.values("--add-header")
        removeHeader = try line.values("--remove-header")
        date = try line.value("--date")
        html = try line.value("--html")
        attach = try line.values("--attach")
        inline = try line.values("--inline")
        charset = try line.value("--charset")
        encoding = try line.value("--encoding")
        template = line.hasFlag("--template")
        raw = try line.value("--raw")
        rawCrlf = line.hasFlag("--raw-crlf")
        noDotStuffing = line.hasFlag("--no-dot-stuffing")
        printMessage = line.hasFlag("--print-message")
        smuggle = try line.value("--smuggle")
        yesSmuggle = try line.value("--yes-smuggle")
    }
}
