import MailVocabulary
import SMTP

extension OptionField {
    /// What the message is made of beside its text; files are read when a session begins.
    static let fileFields = [
        OptionField(
            "charset", on: .files, hint: "of a text from @FILE that is not UTF-8; it is named, not converted",
            read: { $0.message.sources.charset ?? "" },
            write: { text, settings in
                settings.message.sources.charset = text.isEmpty ? nil : text
                if !text.isEmpty, settings.message.sources.text == nil {
                    return "a charset is that of a text from a file: @FILE on the page before"
                }
                return fault(EnvelopeFault.inField(text, "the charset"))
            }),
        OptionField(
            "html", on: .files, hint: "a file: the text as HTML too (multipart/alternative)",
            read: { $0.message.sources.html ?? "" },
            write: { text, settings in
                settings.message.sources.html = text.isEmpty ? nil : text
                return fault(EnvelopeFault.inField(text, "the file"))
            }),
        attachments(
            "attachments", isInline: false, hint: "FILE;type=application/pdf;name=report.pdf; \\n begins another"),
        attachments("inline files", isInline: true, hint: "FILE;id=CONTENT-ID, which the HTML shows as cid:CONTENT-ID"),
        OptionField(
            "raw file", on: .files, hint: "sent unchanged as the whole message, in place of everything else",
            read: { $0.message.sources.raw ?? "" },
            write: { text, settings in
                settings.message.sources.raw = text.isEmpty ? nil : text
                let sources = settings.message.sources
                let isAlone =
                    sources.html == nil && sources.attachments.isEmpty && sources.text == nil
                    && settings.message.headerEdits.isEmpty && settings.message.probe == nil
                guard text.isEmpty || isAlone else {
                    return "a raw file is the whole message: no header fields, files and probe"
                }
                return fault(EnvelopeFault.inField(text, "the file"))
            }),
        flag(
            "raw line ends", on: .files, yes: "CRLF", no: "as they are",
            hint: "CRLF: every line of the raw file ends so", \.message.sources.makesCRLF),
        flag(
            "dot-stuffing", on: .files, isUsual: true,
            hint: "no: leading dots of the raw file are not doubled (RFC 5321 §4.5.2)",
            \.message.sources.isStuffed),
        OptionField(
            "smuggling probe", on: .files, .choice(["none"] + SmugglingProbe.all.map(\.name)),
            hint: "an end that only some servers take for one; S asks for the name",
            read: { $0.message.probe?.name ?? "none" },
            write: { text, settings in
                settings.message.probe = SmugglingProbe(named: text)
                guard settings.message.probe != nil else { return nil }
                if settings.recipients.count > 1 { return "a probe goes to exactly one recipient" }
                if settings.message.sources.raw != nil {
                    return "a probe is the whole message: leave the raw file empty"
                }
                return settings.services.chunk == nil
                    ? nil : "a probe is about the final dot, which BDAT does not have"
            }),
    ]

    private static func attachments(_ name: String, isInline: Bool, hint: Phrase) -> OptionField {
        OptionField(
            name, on: .files, hint: hint,
            read: {
                LineBreaks.escaped(
                    $0.message.sources.attachments.filter { ($0.contentID != nil) == isInline }
                        .map(\.description).joined(separator: "\n"))
            },
            write: { text, settings in
                settings.message.sources.attachments.removeAll { ($0.contentID != nil) == isInline }
                for line in LineBreaks.unescaped(text).split(separator: "\n") {
                    let source: AttachmentSource
                    do throws(CommandFault) { source = try AttachmentSource(parsing: line.trimmed) } catch {
                        return Phrase(said: error.description)
                    }
                    if isInline, source.contentID == nil { return "an inline file has an id: FILE;id=CONTENT-ID" }
                    if !isInline, source.contentID != nil { return "a file with an id is an inline file" }
                    settings.message.sources.attachments.append(source)
                }
                guard isInline, settings.message.sources.html == nil, !text.isEmpty else { return nil }
                return "inline files are shown by an HTML file"
            })
    }
}
