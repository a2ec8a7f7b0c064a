import DNS
import MailVocabulary
import SMTP
import Testing
import Triage

/// What happens to an incident until a check can speak: one situation that confirms a cause, and one that rules it out.
struct CauseSituation: Sendable, CustomTestStringConvertible {
    let cause: String
    let check: CauseCheck
    /// `nil` where no fact that Porthole can get proves it; `why` tells.
    var confirmed: (@Sendable () throws -> Incident)?
    var ruledOut: (@Sendable () throws -> Incident)?
    var why = ""

    var testDescription: String { "\(cause), \(check.rawValue)" }

    init(
        _ cause: String, _ check: CauseCheck, confirmed: (@Sendable () throws -> Incident)? = nil,
        ruledOut: (@Sendable () throws -> Incident)? = nil, why: String = ""
    ) {
        (self.cause, self.check, self.confirmed, self.ruledOut, self.why) = (cause, check, confirmed, ruledOut, why)
    }
}

extension CauseSituation {
    /// Every pair of the catalogue's entries; a test says so when one is missing.
    static let all: [CauseSituation] = names + domains + senders + conversation + connections

    private static let names: [CauseSituation] = [
        .init("ptr-missing", .addressName, confirmed: { try ptr(nil) }, ruledOut: { try ptr("mail.example.net") }),
        .init(
            "ipv6-without-ptr", .addressName, confirmed: { try ptr(nil, of: v6) },
            ruledOut: { try ptr("mail.example.net", of: v6) }),
        .init(
            "ptr-generic", .addressName, confirmed: { try ptr("dyn-4.example.net") },
            ruledOut: { try ptr("mail.example.net") }),
        .init(
            "dynamic-range", .addressName, confirmed: { try ptr("7-100-51-198.pool.example.net") },
            why: "a name of one's own may stand in such a range"),
        .init(
            "reverse-zone-silent", .addressName, confirmed: { try reverse(.silent) },
            ruledOut: { try ptr("mail.example.net") }),
        .init(
            "banner-lookup-delay", .addressName, confirmed: { try slow(.silent, took: .seconds(30)) },
            ruledOut: { try slow(.absent(.noSuchName), took: .milliseconds(5)) }),
        .init(
            "banner-lookup-delay", .greetingTime, confirmed: { try slow(.silent, took: .seconds(30)) },
            ruledOut: { Case.incident(Case.greeted(after: .milliseconds(40))) }),
        .init(
            "fcrdns-mismatch", .addressConfirmed,
            confirmed: { try ptr("mail.example.net", leads: .absent(.noSuchName)) },
            ruledOut: { try ptr("mail.example.net") }),
        .init(
            "ehlo-name-bad", .helloName, confirmed: { hello("localhost") }, ruledOut: { hello("probe.example.net") }),
        .init(
            "ehlo-name-unresolved", .helloName, confirmed: { try hello("probe.example.net", found: false) },
            ruledOut: { try hello("probe.example.net", found: true) }),
        .init("ip-listed", .blockList, confirmed: { try listing(true) }, ruledOut: { try listing(false) }),
        .init(
            "dynamic-range", .blockList, confirmed: { try ptr("dyn-4.example.net") },
            why: "a list that does not have the address says nothing of its range"),
    ]

    private static let domains: [CauseSituation] = [
        .init(
            "mx-missing", .exchangers,
            confirmed: { try Case.domain(.absent(.noSuchName), address: .absent(.noSuchName)) },
            ruledOut: { try good() }),
        .init(
            "domain-gone", .exchangers,
            confirmed: { try Case.domain(.absent(.noSuchName), address: .absent(.noSuchName)) },
            ruledOut: { try good() }),
        .init(
            "domain-typo", .exchangers,
            confirmed: { try Case.domain(.absent(.noSuchName), address: .absent(.noSuchName)) },
            why: "a misspelt domain may exist"),
        .init(
            "wrong-name", .exchangers,
            confirmed: { try Case.domain(.absent(.noSuchName), address: .absent(.noSuchName)) },
            why: "a wrong name may exist"),
        .init(
            "alias-endless", .exchangers,
            confirmed: { try Case.domain(.absent(.aliasLoop), address: .absent(.noSuchName)) }, ruledOut: { try good() }
        ),
        .init(
            "dns-failing", .exchangers, confirmed: { try Case.domain(.serverFailure, address: .serverFailure) },
            ruledOut: { try good() }),
        .init(
            "zone-broken", .exchangers, confirmed: { try Case.domain(.serverFailure, address: .serverFailure) },
            ruledOut: { try good() }),
        .init(
            "zone-lame", .exchangers, confirmed: { try Case.domain(.lame, address: .lame) }, ruledOut: { try good() }),
        .init(
            "mx-loop", .exchangers, confirmed: { try good(IPAddress(v4: 127, 0, 0, 1)) },
            why: "what a server's own configuration does with the mail is not in the DNS"),
        .init(
            "wrong-mx", .exchangers, confirmed: { try connected("smtp.example.org") },
            ruledOut: { try connected("mx1.example.test") }),
        .init(
            "null-mx", .nullExchanger, confirmed: { try Case.domain(.found([Case.mx(".")]), address: .found([])) },
            ruledOut: { try good() }),
    ]

    private static let senders: [CauseSituation] = [
        .init(
            "sender-null-mx", .senderExchangers, confirmed: { try sender(mx: ".") },
            ruledOut: { try sender(mx: "mx.example.net") }),
        .init(
            "sender-domain-missing", .senderExchangers, confirmed: { try sender(.absent(.noSuchName)) },
            ruledOut: { try sender(mx: "mx.example.net") }),
        .init(
            "dns-failing", .senderExchangers, confirmed: { try sender(.serverFailure) },
            ruledOut: { try sender(mx: "mx.example.net") }),
        .init(
            "dns-failing", .alignment, confirmed: { try sender(.serverFailure) },
            ruledOut: { try sender(mx: "mx.example.net") }),
        .init(
            "dmarc-unaligned", .alignment, confirmed: { try sender(mx: "mx.example.net", spf: "v=spf1 -all") },
            ruledOut: { try sender(mx: "mx.example.net", spf: "v=spf1 +all") }),
        .init(
            "spf-missing-ip", .senderPolicy, confirmed: { try sender(spf: "v=spf1 -all") },
            ruledOut: { try sender(spf: "v=spf1 +all") }),
        .init(
            "spf-broken", .senderPolicy, confirmed: { try sender(spf: "v=spf1 nonsense") },
            ruledOut: { try sender(spf: "v=spf1 -all") }),
        .init(
            "dns-failing", .senderPolicy, confirmed: { try sender(spf: nil) },
            ruledOut: { try sender(spf: "v=spf1 -all") }),
        .init(
            "sender-dns-failing", .senderPolicy, confirmed: { try sender(spf: nil) },
            ruledOut: { try sender(spf: "v=spf1 -all") }),
    ]

    private static let conversation: [CauseSituation] = [
        .init("tls-required", .offersTLS, confirmed: { keywords("STARTTLS") }, ruledOut: { secured(nil) }),
        .init("tls-stripped", .offersTLS, confirmed: { masked() }, ruledOut: { keywords("STARTTLS") }),
        .init(
            "not-authenticated", .offersAuthentication, confirmed: { keywords("AUTH PLAIN") },
            ruledOut: { authenticated() }),
        .init(
            "auth-not-offered", .offersAuthentication, confirmed: { keywords("SIZE 1") },
            ruledOut: { keywords("AUTH PLAIN") }),
        .init("auth-mechanism", .offersAuthentication, confirmed: { tried("CRAM-MD5") }, ruledOut: { tried("PLAIN") }),
        .init("message-too-large", .size, confirmed: { announced(1001) }, ruledOut: { announced(999) }),
        .init("cert-expired", .handshake, confirmed: { secured(10) }, ruledOut: { secured(nil) }),
        .init("cert-name", .handshake, confirmed: { secured(62) }, ruledOut: { secured(nil) }),
        .init("cert-untrusted", .handshake, confirmed: { secured(18) }, ruledOut: { secured(nil) }),
        .init("tls-not-available", .handshake, confirmed: { failedTLS() }, ruledOut: { secured(nil) }),
        .init("tls-version-cipher", .handshake, confirmed: { failedTLS() }, ruledOut: { secured(nil) }),
        .init(
            "dkim-missing", .signature, confirmed: { Case.incident(Case.sent()) },
            ruledOut: { message("DKIM-Signature: v=1; s=a\r\n\r\nbody\r\n") }),
        .init(
            "dkim-broken", .signature,
            confirmed: { try keyGone("dkim-signature: v=1; d=example.net; s=a\r\n\r\nx\r\n") },
            ruledOut: { message("Subject: x\r\n\r\nDKIM-Signature: in the body\r\n") }),
        .init(
            "tarpit", .greetingTime, confirmed: { dribbled() },
            ruledOut: { Case.incident(Case.greeted(after: .milliseconds(40))) }),
    ]

    private static let connections: [CauseSituation] = [
        .init("service-down", .connection, confirmed: { ended(.refused) }, ruledOut: { ended(.connectTimedOut) }),
        .init(
            "port-25-blocked", .connection, confirmed: { ended(.connectTimedOut, other: "mx1.example.test", 587) },
            ruledOut: { ended(.connectTimedOut, other: "mx2.example.test", 25) }),
        .init(
            "firewall-destination", .connection, confirmed: { filtered() },
            ruledOut: { Case.incident(Case.greeted(after: .milliseconds(40))) }),
        .init(
            "host-down", .otherExchanger, confirmed: { ended(.connectTimedOut, other: "mx2.example.test", 25) },
            ruledOut: { ended(.refused) }),
    ]
}
