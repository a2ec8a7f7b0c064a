import MailVocabulary

extension Procedure {
    /// Where a connection gets stuck: names, routes, firewalls, or the service itself.
    public static let connect = Procedure(
        id: "connect", title: "why can we not connect?",
        summary: "tells a dead name, a closed port, a silent firewall and a server that turns us away from each other",
        steps: [
            .domainHasMailExchanger, .hostHasAddress, .hostAnswers, .otherPortAnswers, .otherExchangerAnswers,
            .greetingArrivesInTime, .serverSaysHello,
        ])
}
