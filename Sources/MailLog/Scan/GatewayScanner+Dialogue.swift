/// Lines of the gateway's debug logs, each of one connection or of one delivery connection.
extension GatewayScanner {
    mutating func said(_ dialogue: GatewayDialogueLine, _ line: Span<UInt8>) -> LineOwner {
        let owner = LineOwner(dialogue.isInjection ? .connection : .delivery, dialogue.number)
        let isGreeting = dialogue.isInjection && dialogue.code(line) == 220
        if case .everybody = question {
            // A client whose connection has no line in a mail log is known by its greeting.
            if isGreeting, let client = PackedAddress(line, dialogue.client) { ledger.open(owner.identity, client) }
        } else if isAsked(line, address: dialogue.client, name: dialogue.said) {
            ledger.seed(owner)
        }
        if let mid = dialogue.acceptedMessage(line) { ledger.tie(LineOwner(.message, mid), owner) }
        return owner
    }
}
