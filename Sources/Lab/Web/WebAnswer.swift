import NIOHTTP1

/// What the lab's web server answers to whoever asks for a policy.
struct WebAnswer: Hashable, Sendable {
    /// RFC 9110 §15.
    var status = HTTPResponseStatus.ok
    /// The media type of the body.
    var type = "text/plain"
    /// Where a redirection points, RFC 9110 §10.2.2.
    var location: String?
    /// What is sent after the head.
    var body = ""

    /// A policy of RFC 8461 §3.2, by its lines.
    static func policy(_ lines: String...) -> WebAnswer {
        WebAnswer(body: "version: STSv1\r\n" + lines.joined(separator: "\r\n") + "\r\n")
    }
}
