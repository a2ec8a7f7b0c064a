/// What proves that an answer comes from whom we asked, RFC 7873: the client's part, and the server's once it has given one.
public struct DNSCookie: Hashable, Sendable {
    /// Bytes of the client's part, RFC 7873 §4.
    public static let clientLength = 8

    /// 8 bytes, of our choice, another one for each server.
    public var client: [UInt8]
    /// 8 to 32 bytes, or none.
    public var server: [UInt8]

    /// `nil` for lengths that no cookie has.
    public init?(client: [UInt8], server: [UInt8] = []) {
        guard client.count == Self.clientLength, server.isEmpty || (8...32).contains(server.count) else { return nil }
        (self.client, self.server) = (client, server)
    }

    /// The data of the option.
    init?(_ data: [UInt8]) {
        self.init(client: Array(data.prefix(Self.clientLength)), server: Array(data.dropFirst(Self.clientLength)))
    }

    var bytes: [UInt8] { client + server }
}
