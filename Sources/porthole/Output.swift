import Canvas
import FoundationEssentials
import Glibc
import MailVocabulary
import Triage

/// The standard streams of the headless commands. Everything from outside goes through `PrintableText` before it is printed.
enum Output {
    /// One line. Outside text in it is made inert.
    static func line(_ text: String) { write(PrintableText.plainLine(text) + "\n", to: stdoutHandle) }

    /// Whether somebody sits at a terminal who can answer.
    static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

    /// One JSON object on a line of its own; JSON escapes what a terminal should not get.
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(value)
        write(JSONText.inert(String(decoding: data, as: UTF8.self)) + "\n", to: stdoutHandle)
    }

    /// A sentence on the error stream, in the language of this run.
    static func complain(_ sentence: String) { complain(Phrase(said: sentence)) }

    /// The same, waiting for its language.
    static func complain(_ sentence: Phrase) {
        let words = PlainWords(.ofThisRun)(sentence)
        write("porthole: " + PrintableText.plainLine(words) + "\n", to: stderrHandle)
    }

    /// Words of our own on the error stream, without a line end: a question, or a line that is written again.
    static func ask(_ text: String) { write(text, to: stderrHandle) }

    /// A message to a file or a pipe, byte for byte.
    static func bytes(_ bytes: [UInt8]) { write(bytes[...], to: stdoutHandle) }

    private static var stdoutHandle: Int32 { STDOUT_FILENO }
    private static var stderrHandle: Int32 { STDERR_FILENO }

    /// Bytes that were made inert before.
    static func write(_ bytes: ArraySlice<UInt8>) { write(bytes, to: stdoutHandle) }

    private static func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8)[...], to: descriptor) }

    private static func write(_ all: ArraySlice<UInt8>, to descriptor: Int32) {
        var bytes = all
        while !bytes.isEmpty {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
            }
            if count < 0, errno == EINTR { continue }
            if count < 0 {
                // Whoever read from us has gone: there is nobody to tell. Anything else is a loss that must show.
                exit(errno == EPIPE ? 0 : ExitStatus.cannotWrite.rawValue)
            }
            bytes = bytes.dropFirst(count)
        }
    }
}

extension PrintableText {
    /// The whole line as inert text. Longer than the screen's limit on purpose: files and pipes want all of it.
    static func plainLine(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while !rest.isEmpty {
            let part = rest.prefix(1000)
            result += PrintableText(untrusted: String(part)).plain
            rest = rest.dropFirst(1000)
        }
        return result
    }
}

/// JSON that can be looked at: C1 and bidi characters, which JSON lets through, are written as escapes too.
enum JSONText {
    static func inert(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isDangerous) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isDangerous(scalar) {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x7F...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xE0000...0xE007F: true
        default: false
        }
    }
}
