/// Lines of a Cisco ESA's mail log that concern no message, besides those that its grammar names.
enum GatewayNote {
    /// Notices of the machine about itself.
    static func isSystem(_ line: Span<UInt8>, _ text: Int) -> Bool {
        let heads = [
            "URL category definitions ", "Internal SMTP ", "A System/", "A Anti-", "ISQ: ", "EUQ: ", "SDS: ",
            "Dropping connection ",
            "System is coming up", "Message containing attachment(s) for which verdict update",
        ]
        return heads.contains { line.has($0, at: text) }
    }

    /// A line of one of the other logs, which begin with a number or with a pair of them.
    static func isOfAnotherLog(_ line: Span<UInt8>, _ frame: LineFrame) -> Bool {
        GatewayDialogueLine(line, frame) != nil || GatewayBounceLine(line, frame) != nil
    }
}
