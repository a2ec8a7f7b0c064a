import MailVocabulary

extension Procedure {
    /// Seeds 001 to 003: the test with telnet, step by step, joined to the DNS and the log.
    public static let receive = Procedure(
        id: "receive", title: "can this server receive our mail?",
        summary: "from the MX record to the message in the gateway's log; sends one message, after asking",
        steps: [
            .domainHasMailExchanger, .hostAnswers, .greetingArrivesInTime, .serverSaysHello, .serverOffersSTARTTLS,
            .senderIsAccepted, .recipientIsAccepted, .messageIsQueued, .gatewaySawConnection, .sourceHasReverseDNS,
        ])
}
