/// Another service on the port, known by the first bytes that it sends.
enum WrongProtocol {
    /// Its name, when the bytes are none of SMTP's.
    static func name(_ bytes: some Collection<UInt8>) -> String? {
        marks.first { bytes.starts(with: $0.bytes) }?.name
    }

    private static let marks: [(bytes: [UInt8], name: String)] = [
        (Array("SSH-".utf8), "SSH"), (Array("HTTP/".utf8), "HTTP"), (Array("<!DOCTYPE".utf8), "HTTP"),
        (Array("* OK".utf8), "IMAP"), (Array("* PREAUTH".utf8), "IMAP"), (Array("+OK".utf8), "POP3"),
        (Array("RFB ".utf8), "VNC"), ([0x16, 0x03], "TLS"), ([0x15, 0x03], "TLS"), ([0xFF, 0xFD], "telnet"),
        ([0xFF, 0xFB], "telnet"),
    ]
}
