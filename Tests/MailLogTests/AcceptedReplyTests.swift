import MailLog
import Testing

@Suite("Identifiers in a server's 250")
struct AcceptedReplyTests {
    static let replies: [(String, TraceKey?)] = [
        ("250 ok:  Message 214 accepted", .mid(214)), ("ok:  Message 214 accepted", .mid(214)),
        ("250 2.0.0 Ok: queued as 4jX2Q15TbJz2Pshq", .queueID("4jX2Q15TbJz2Pshq")),
        ("250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as C50F4FAC6F3", .queueID("C50F4FAC6F3")),
        ("250 OK id=1xUr0Z-00001B-2I", .queueID("1xUr0Z-00001B-2I")),
        ("250 2.0.0 6ALJkX1Z000107 Message accepted for delivery", .queueID("6ALJkX1Z000107")),
        ("250 ok", nil), ("250 2.1.5 recipient ok", nil), ("250 Message accepted", nil), ("", nil),
        ("250 ok: Message 99999999999999999999999 accepted", nil),
    ]

    @Test("are found in the words of each product", arguments: replies.indices)
    func found(_ number: Int) {
        #expect(TraceKey.named(inReply: Self.replies[number].0) == Self.replies[number].1)
    }
}
