import CIDN

/// A domain name in any script, RFC 5890 §2.3.2.1: people type U-labels, the DNS knows A-labels.
public enum InternationalName {
    /// Why a text is no such name.
    public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// Half a sentence, to stand behind the text.
        public var description: String
    }

    /// Why there is no libidn2 on this machine, in a sentence that names its package; `nil` when there is. Loads it.
    static var missing: String? {
        unsafe idn_missing().map { "the library libidn2 (Debian: libidn2-0) is missing: \(unsafe String(cString: $0))" }
    }

    /// The form in which the name is asked for; a name of ASCII letters stays as it is.
    public static func ascii(_ text: String) throws(Fault) -> String {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        if let missing { throw Fault(description: "cannot be written in ASCII: \(missing)") }
        var room = [CChar](repeating: 0, count: 512)
        let objection = unsafe room.withUnsafeMutableBufferPointer { room in
            unsafe idn_to_ascii(text, room.baseAddress, room.count).map { unsafe String(cString: $0) }
        }
        if let objection { throw Fault(description: "is no internationalized domain name: \(objection)") }
        return String(decoding: room.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
