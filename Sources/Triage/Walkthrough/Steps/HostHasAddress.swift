import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// What nslookup would have told before telnet said nothing.
    static let hostHasAddress = WalkthroughStep(
        id: "host-has-address", label: "address",
        goal: "Turn the server's name into addresses.",
        command: { incident, plan in "look up the addresses of \(incident.main?.host ?? plan.target.name)" },
        expected: "at least one address, within a second",
        remedies: [
            Remedy("check the spelling of the name", .edit),
            Remedy("the record is new or was changed: look it up once more", .lookUpAgain),
            "try another resolver: --resolver HOST",
        ],
        judge: { incident in
            guard let session = incident.main else { return .need([.converse(upTo: .connect)]) }
            for event in session.events {
                guard case .resolved(_, let host, let addresses, let took) = event.fact else { continue }
                let list = addresses.map(\.description).joined(separator: ", ")
                let silent = took >= .seconds(3)
                return .conclude(
                    Outcome(
                        silent ? .warning : .passed, observed: "\(host): \(list), in \(took.brief)",
                        reading: silent ? "the name is known, but the name server took long" : "the name is known"))
            }
            return judge(incident, .resolve, passed: "the name is known")
        })
}
