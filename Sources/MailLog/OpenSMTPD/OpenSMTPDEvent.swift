/// What one line of an OpenSMTPD log says; ranges are places in the line.
enum OpenSMTPDEvent {
    // The session that receives.

    case connected(address: Range<Int>, name: Range<Int>)
    case tls
    /// `message msgid=88e4529b size=370 nrcpt=1 proto=ESMTP`; the old form tells sender and recipient here.
    case message(id: Range<Int>, sender: Range<Int>, recipient: Range<Int>)
    /// `envelope evpid=88e4529b3fe91f84 from=<…> to=<…>`
    case envelope(id: Range<Int>, sender: Range<Int>, recipient: Range<Int>)
    case failedCommand(command: Range<Int>, reply: Range<Int>)
    case authentication(succeeded: Bool, words: Range<Int>)
    /// `disconnected reason=quit`, `reason="io-error: …"`
    case disconnected(reason: Range<Int>)
    case sessionNote

    // The session that sends.

    case connecting(address: Range<Int>)
    case deliveryTLS
    case deliveryFailed(reason: Range<Int>)
    case deliveryNote
    /// `delivery evpid=… to=<…> relay="…" result="Ok" stat="250 …"`
    case delivery(id: Range<Int>, recipient: Range<Int>, relay: Range<Int>, OpenSMTPDEvent.Result, reply: Range<Int>)
    /// Without any identifier.
    case system

    enum Result { case done, temporary, permanent, expired }
}
