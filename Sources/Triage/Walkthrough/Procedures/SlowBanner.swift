import MailVocabulary

extension Procedure {
    /// Seed 004: a gateway that greets after half a minute, and clients that do not wait so long.
    public static let banner = Procedure(
        id: "banner", title: "why does the server greet so late?",
        summary: "the time to the greeting beside the time of the reverse lookup, twice, and what the log says",
        steps: [
            .hostAnswers, .greetingArrivesInTime, .sourceHasReverseDNS, .greetingIsSlowAgain, .gatewaySawConnection,
        ])
}
