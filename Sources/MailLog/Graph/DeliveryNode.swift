/// Facts about one outgoing connection.
struct DeliveryNode: Sendable {
    enum Trouble: UInt8 { case none, connection, tls }

    var id: UInt64
    var host: UInt32
    var chain: UInt32 = 0
    var trouble = Trouble.none
    var carried = false
    var tls = false
    /// True when the log writes the identifier as 16 hexadecimal digits (OpenSMTPD) and not as a DCID.
    var isSession = false
    /// True when those digits are upper case (Exchange).
    var isExchange = false
    var openedLine: UInt32
    var address = PackedAddress()
    var domain = TextStore.Reference.none
    var reason = TextStore.Reference.none
    var since: Int64
}
/// A delivery connection that carried a message.
struct DeliveryLink: Sendable {
    var delivery: Int32
    var next: Int32
}
