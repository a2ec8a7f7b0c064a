/// A stretch of a composed message: octets as they are, or a file and how it is written into the message.
enum MessagePiece: Hashable, Sendable {
    case octets([UInt8])
    case file(StoredFile, TransferEncoding)

    init(_ content: Content, _ encoding: TransferEncoding) {
        switch content {
        case .octets(let bytes): self = .octets(encoding.encode(bytes))
        case .file(let file): self = .file(file, encoding)
        }
    }

    /// Octets and line feeds in the message.
    var size: (octets: Int, lines: Int) {
        switch self {
        case .octets(let bytes): (bytes.count, bytes.count { $0 == 0x0A })
        case .file(let file, .sevenBit), .file(let file, .eightBit), .file(let file, .binary):
            (file.survey.octets, file.survey.lines)
        case .file(let file, .quotedPrintable): file.survey.quoted
        case .file(let file, .base64): Base64Lines.size(of: file.survey.octets)
        }
    }
}

extension [MessagePiece] {
    /// Puts octets behind what is there, without a seam where there can be none.
    mutating func append(octets: [UInt8]) {
        guard case .octets(let before) = last else { return append(.octets(octets)) }
        self[count - 1] = .octets(before + octets)
    }

    /// Puts pieces behind what is there.
    mutating func join(_ pieces: [MessagePiece]) {
        for piece in pieces {
            if case .octets(let bytes) = piece { append(octets: bytes) } else { append(piece) }
        }
    }
}
