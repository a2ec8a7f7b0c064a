import Glibc
import MailVocabulary
import SMTP

/// Text of a charset that the standard library does not know, read by iconv(3).
public enum ForeignText {
    /// The same event, its reply with a reading where the charset is known well enough.
    ///
    /// - Parameter hide: Takes secrets out of what was decoded: their bytes may have been hidden by the charset.
    public static func read(_ event: SessionEvent, hiding hide: (String) -> String = { $0 }) -> SessionEvent {
        guard case .received(var reply, let stage, let command, let timing, let tls) = event.fact,
            let plain = reading(of: reply)
        else { return event }
        let texts = plain.texts.map(hide)
        reply.reading = ReplyReading(plain.charset, texts)
        if texts != plain.texts {
            // The charset has hidden the secret from whoever looked at the bytes; whoever decodes them later must not find it.
            reply.lines = texts.map { Array($0.utf8) }
            reply.raw = texts.enumerated().flatMap { index, text in
                Array("\(reply.code)\(index + 1 < texts.count ? "-" : " ")\(text)\r\n".utf8)
            }
        }
        return SessionEvent(
            at: event.at, .received(reply, stage: stage, command: command, timing: timing, tls: tls))
    }

    private static func reading(of reply: Reply) -> ReplyReading? {
        guard let charset = reply.charsetGuess?.charset, charset != .utf8 else { return nil }
        let texts = reply.lines.compactMap { line in decoded(line, from: charset) }
        return texts.count == reply.lines.count ? ReplyReading(charset, texts) : nil
    }

    /// - Returns: `nil` when the bytes are no text of `charset`, or this system does not know it.
    static func decoded(_ bytes: [UInt8], from charset: Charset) -> String? {
        let converter = unsafe iconv_open("UTF-8", name(of: charset))
        guard unsafe converter != iconv_t(bitPattern: -1) else { return nil }
        defer { unsafe iconv_close(converter) }
        var source = bytes.map { CChar(bitPattern: $0) }
        // No character of these charsets needs more than three bytes of UTF-8 for each of its own.
        var room = [CChar](repeating: 0, count: bytes.count * 3 + 16)
        let capacity = room.count
        let written: Int? = unsafe source.withUnsafeMutableBufferPointer { source in
            unsafe room.withUnsafeMutableBufferPointer { room in
                var (input, output) = (source.baseAddress, room.baseAddress)
                var (rest, free) = (source.count, room.count)
                let result = unsafe iconv(converter, &input, &rest, &output, &free)
                guard result != -1, rest == 0 else { return nil }
                return capacity - free
            }
        }
        return written.map { String(decoding: room.prefix($0).map(UInt8.init(bitPattern:)), as: UTF8.self) }
    }

    /// As glibc calls it: Shift_JIS with the characters that Windows has in it.
    private static func name(of charset: Charset) -> String { charset == .shiftJIS ? "CP932" : charset.rawValue }
}

extension SessionJournal {
    /// The session as it stood when the journal ended, with what was said in other charsets decoded anew.
    public var legibleRecord: SessionRecord {
        var record = SessionRecord(plan: plan)
        for event in events { record.append(ForeignText.read(event)) }
        return record
    }
}
