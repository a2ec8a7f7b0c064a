import Glibc
import SMTP

/// Reads the files that a message names into the message: once for each session, before anybody is spoken to.
enum MessageReading {
    /// The text as `TEXT`, or as `@FILE`; `@@` is one @.
    ///
    /// - Throws: `CommandFailure` for an @ without a file.
    static func name(text: String, in message: inout TestMessage) throws {
        guard text.hasPrefix("@"), !text.hasPrefix("@@") else {
            message.body = (text.hasPrefix("@@") ? String(text.dropFirst()) : text) + "\n"
            return
        }
        let path = String(text.dropFirst())
        guard !path.isEmpty else { throw CommandFailure("--body: @ wants a file behind it", .usage) }
        message.sources.text = path
    }

    /// The plan with the message as it will be sent, as far as that depends on no server.
    ///
    /// - Parameter holdsFiles: Big files are held too: for what is printed, and for messages that are sent many times.
    /// - Throws: `CommandFailure`: one sentence.
    static func read(_ plan: SessionPlan, holdsFiles: Bool = false) throws -> SessionPlan {
        var plan = plan
        try fill(&plan.message, MessageFiles(holdsAll: holdsFiles))
        do throws(CommandFault) {
            // 8-bit parts of an attached message depend on the server; everything else does not.
            _ = try MessageComposer.compose(plan, for: .eightBit)
        } catch { throw CommandFailure(error.description, .usage) }
        return plan
    }

    private static func fill(_ message: inout TestMessage, _ files: consuming MessageFiles) throws {
        let sources = message.sources
        if let path = sources.text { try fillText(path, sources.charset, &message, &files) }
        if let html = sources.html { message.html = try files.read(html) }
        message.attachments = try sources.attachments.map { source in
            // A type that is none is said before a big file is read.
            var attachment: Attachment
            do throws(CommandFault) {
                attachment = try Attachment(
                    name: source.shownName, type: source.type, bytes: [], contentID: source.contentID)
            } catch { throw CommandFailure("the attachment \(source.path): \(error)", .usage) }
            let isMessage = Attachment.isMessage(type: attachment.type)
            attachment.content = try files.content(source.path, .init(isText: isMessage, makesCRLF: isMessage))
            return attachment
        }
        if let raw = sources.raw {
            let content = try files.content(raw, .init(makesCRLF: sources.makesCRLF))
            message.raw = RawMessage(content, isStuffed: sources.isStuffed)
        }
        message.sources = MessageSources()
    }

    private static func fillText(
        _ path: String, _ charset: String?, _ message: inout TestMessage, _ files: inout MessageFiles
    ) throws {
        // Where tokens are filled in, the text is needed whole.
        let content =
            message.fillsTokens
            ? .octets(try files.read(path)) : try files.content(path, .init(isText: true, makesCRLF: true))
        if let charset { return try name(charset, of: content, in: &message) }
        let survey = content.survey(isText: true)
        guard survey.isUTF8 else {
            throw CommandFailure(
                "the text of \(path == "-" ? "the standard input" : path) is not UTF-8: name its charset with --charset, "
                    + "or send it with --attach", .usage)
        }
        switch content {
        case .octets(let bytes): message.body = String(decoding: bytes, as: UTF8.self)
        case .file: try name(survey.isASCII ? "us-ascii" : "utf-8", of: content, in: &message)
        }
    }

    private static func name(_ charset: String, of content: Content, in message: inout TestMessage) throws {
        do throws(CommandFault) { message.foreignText = try .init(charset: charset, content: content) } catch {
            throw CommandFailure("--charset: \(error)", .usage)
        }
    }
}
