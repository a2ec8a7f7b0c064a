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
    /// - Throws: `CommandFailure`: one sentence.
    static func read(_ plan: SessionPlan) throws -> SessionPlan {
        var plan = plan
        try fill(&plan.message)
        do throws(CommandFault) {
            // 8-bit parts of an attached message depend on the server; everything else does not.
            _ = try MessageComposer.compose(plan, for: .eightBit)
        } catch { throw CommandFailure(error.description, .usage) }
        return plan
    }

    private static func fill(_ message: inout TestMessage) throws {
        let sources = message.sources
        var files = MessageFiles()
        if let path = sources.text { try fillText(path, sources.charset, &message, &files) }
        if let html = sources.html { message.html = try files.read(html) }
        message.attachments = try sources.attachments.map { source in
            let bytes = try files.read(source.path)
            do throws(CommandFault) {
                return try Attachment(
                    name: source.shownName, type: source.type, bytes: bytes, contentID: source.contentID)
            } catch { throw CommandFailure("the attachment \(source.path): \(error)", .usage) }
        }
        if let raw = sources.raw {
            let bytes = RawMessage(try files.read(raw), isStuffed: sources.isStuffed)
            message.raw = sources.makesCRLF ? bytes.canonical : bytes
        }
        message.sources = MessageSources()
    }

    private static func fillText(
        _ path: String, _ charset: String?, _ message: inout TestMessage, _ files: inout MessageFiles
    ) throws {
        let bytes = try files.read(path)
        if let charset {
            do throws(CommandFault) { message.foreignText = try .init(charset: charset, bytes: bytes) } catch {
                throw CommandFailure("--charset: \(error)", .usage)
            }
            return
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure(
                "the text of \(path == "-" ? "the standard input" : path) is not UTF-8: name its charset with --charset, "
                    + "or send it with --attach", .usage)
        }
        message.body = text
    }
}
