import DNS
import MailLog
import MailVocabulary
import SMTP
import Triage

/// What one mail exchanger presented to `check --dane`.
struct ExchangerJSON: Encodable {
    struct Certificate: Encodable {
        let subject: String
        let names: [String]
        let notAfter: String
        let sha256: String
        /// What `TLSA 3 1 1` would say.
        let keySHA256: String?
    }

    let host: String
    let address: String
    let tls: String?
    let chain: [Certificate]
    let objections: [String]
    let end: String?

    init(_ exchanger: CheckSessions.Exchanger) {
        let facts = exchanger.record.tls
        (host, address) = (exchanger.host.description, exchanger.address.description)
        tls = facts?.version
        chain = (facts?.chain ?? []).map { certificate in
            let digest = certificate.association?.key.dropFirst().first
            return Certificate(
                subject: certificate.subject, names: certificate.names, notAfter: certificate.notAfter,
                sha256: certificate.fingerprint,
                keySHA256: digest.map { $0.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() })
        }
        objections = facts?.objections.map(\.text) ?? []
        end = exchanger.record.closed?.words
    }
}

/// The MTA-STS policy of a domain.
struct PolicyJSON: Encodable {
    let ms: Int
    let problem: String?
    let mode: String?
    let maxAge: Int?
    let mx: [String]?

    init(_ fetch: PolicyFetch) {
        ms = fetch.took.milliseconds
        switch fetch.outcome {
        case .failed(let words):
            (problem, mode, maxAge, mx) = (words, nil, nil, nil)
        case .text(let bytes):
            do throws(MTASTSPolicy.Fault) {
                let policy = try MTASTSPolicy(bytes)
                (problem, mode, maxAge, mx) = (nil, policy.mode.rawValue, policy.maxAge, policy.patterns)
            } catch {
                (problem, mode, maxAge, mx) = ("the policy \(error)", nil, nil, nil)
            }
        }
    }
}

/// An address or network from which mail of a domain comes, or may come.
struct SendingAddressJSON: Encodable {
    struct Line: Encodable {
        let file: Int
        let line: Int
        let offset: UInt64
    }

    let network: String
    let standing: String
    let spf: String?
    let by: String
    let messages: Int
    let lines: [Line]

    init(_ row: SendingAddresses.Row) {
        (network, standing, spf) = (row.network, row.standing.rawValue, row.result?.rawValue)
        (by, messages) = (row.by, row.messages)
        lines = row.lines.map { Line(file: $0.file, line: $0.number, offset: $0.offset) }
    }
}
