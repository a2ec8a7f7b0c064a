import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Encryption, and whether the certificate would convince a careful sender.
    static let serverOffersSTARTTLS = WalkthroughStep(
        id: "server-offers-starttls", label: "TLS",
        goal: "Encrypt the connection, and look at the certificate.",
        command: { _, _ in "STARTTLS" },
        expected: "220, then TLS 1.2 or 1.3 with a certificate for this host name",
        remedies: [
            "not offered: a firewall may have taken it out of the list; compare from another network",
            Remedy("454: the server's TLS is out of order for now", after: [454]),
            "certificate: tell its administrator what did not match",
        ],
        judge: { incident in
            if let session = incident.main, session.tls == nil, session.ended(.hello)?.verdict == .done,
                !session.capabilities.isEmpty, !session.capabilities.contains(where: { $0.name == "STARTTLS" })
            {
                return .conclude(
                    Outcome(
                        .warning, observed: "STARTTLS is not in the list",
                        reading: "mail would travel in the clear; senders that insist on TLS cannot deliver"))
            }
            return judge(incident, .startTLS, passed: "the connection is encrypted and the certificate fits")
        })
}
