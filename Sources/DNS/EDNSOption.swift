/// One option of an OPT record, RFC 6891 §6.1.2.
struct EDNSOption: Hashable, Sendable {
    /// NSID, RFC 5001: asked for with no data, answered with the server's name of itself.
    static let serverID: UInt16 = 3
    /// COOKIE, RFC 7873.
    static let cookie: UInt16 = 10
    /// RFC 8914.
    static let extendedError: UInt16 = 15

    var code: UInt16
    var data: [UInt8]

    /// Reads the options of an OPT record; one that is cut ends it.
    static func all(in bytes: ArraySlice<UInt8>) -> [EDNSOption] {
        var (rest, options): (ArraySlice<UInt8>, [EDNSOption]) = (bytes, [])
        while rest.count >= 4 {
            let head = Array(rest.prefix(4))
            let (code, length) = (UInt16(head[0]) << 8 | UInt16(head[1]), Int(head[2]) << 8 | Int(head[3]))
            rest = rest.dropFirst(4)
            guard rest.count >= length else { break }
            options.append(EDNSOption(code: code, data: Array(rest.prefix(length))))
            rest = rest.dropFirst(length)
        }
        return options
    }
}
