/// Takes in the lines after DATA until the final dot, RFC 5321 §4.1.1.4, and keeps of them what the log tells.
struct MessageIntake: Sendable {
    enum Progress: Hashable, Sendable { case more, ended }

    private(set) var size = 0
    private(set) var hasBareLineFeed = false
    private(set) var messageID = ""
    private(set) var subject = ""

    private var isInHeader = true
    private var isMidLine = false
    /// The header field being read, unfolded; only so much as a log line can bear.
    private var field: [UInt8] = []
    private static let fieldLimit = 998

    /// `isWhole` is false for a part of a line too long to keep; `isBare` says that it ended in LF without CR.
    mutating func take(_ line: ArraySlice<UInt8>, isWhole: Bool, isBare: Bool) -> Progress {
        var line = line
        if !isMidLine, line.first == UInt8(ascii: ".") {
            if line.count == 1, isWhole, !isBare {
                endField()
                return .ended
            }
            line = line.dropFirst()
        }
        size += line.count + (isWhole ? 2 : 0)
        if isWhole, isBare || line.contains(13) { hasBareLineFeed = true }
        if isInHeader { readHeader(line) }
        isMidLine = !isWhole
        return .more
    }

    private mutating func readHeader(_ line: ArraySlice<UInt8>) {
        let isFolded = isMidLine || line.first == UInt8(ascii: " ") || line.first == UInt8(ascii: "\t")
        if isFolded {
            field += line.prefix(max(0, Self.fieldLimit - field.count))
        } else {
            endField()
            field = Array(line.prefix(Self.fieldLimit))
            if line.isEmpty { isInHeader = false }
        }
    }

    private mutating func endField() {
        defer { field = [] }
        guard isInHeader, let colon = field.firstIndex(of: UInt8(ascii: ":")) else { return }
        let name = String(decoding: field[..<colon], as: UTF8.self).lowercased()
        let body = String(decoding: field[(colon + 1)...].drop { $0 == 32 || $0 == 9 }, as: UTF8.self)
        if name == "message-id" { messageID = body }
        if name == "subject" { subject = body }
    }
}
