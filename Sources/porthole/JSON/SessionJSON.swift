import MailVocabulary
import SMTP

/// A whole session as JSON, version 1: steps with verdicts, every event with its time, TLS, oddities, the server's ids.
struct SessionJSON: Encodable {
    struct Step: Encodable {
        let stage: String
        let request: String
        let outcome: String
        let verdict: String
        let ms: Int?
    }

    struct TLS: Encodable {
        let version: String
        let cipher: String
        let group: String?
        let signature: String?
        let isVerified: Bool
        let isResumed: Bool
        let objections: [String]
        let chain: [Certificate]
    }

    struct Certificate: Encodable {
        let subject: String
        let issuer: String
        let names: [String]
        let notBefore: String
        let notAfter: String
        let keyBits: Int
        let sha256: String
    }

    struct Recipient: Encodable {
        let address: String
        /// The reply to RCPT, its first line.
        let reply: String
        /// The reply after the final dot that is about this recipient.
        let delivery: String?
        let isTaken: Bool
    }

    let version = 1
    let target: String
    let host: String?
    let remote: String?
    let local: String?
    /// What was connected to where there is no address.
    let stream: String?
    let stage: String
    let outcome: String
    let exit: Int32
    let closed: String?
    let greetingMs: Int?
    let vendor: String?
    let capabilities: [String]
    /// Of the EHLO before TLS; absent without one on each side.
    let capabilitiesBeforeTLS: [String]?
    /// What the EHLO under TLS has more and less than the one before.
    let capabilitiesGained: [String]?
    let capabilitiesLost: [String]?
    /// The mechanism of an AUTH that succeeded.
    let authenticatedWith: String?
    /// Why the plan was not done although nothing was refused.
    let shortfall: String?
    /// Of the last transaction.
    let recipients: [Recipient]
    let steps: [Step]
    let events: [Event]
    let oddities: [String]
    let deviations: [Deviation]
    let times: Times
    let capabilityChange: CapabilityChange?
    let tls: TLS?
    let acceptedAs: [String]
    let messageID: String
    /// What a smuggling probe showed.
    let smuggling: SmugglingJSON?
    let explanation: ExplanationJSON?
    /// Of `--tls-resume`.
    /// What the server's log says of it, with `--log`.
    var log: SendLogJSON?
    var resumption: Resumption?

    private static func line(_ reply: Reply) -> String {
        "\(reply.code)" + (reply.texts.first.map { $0.isEmpty ? "" : " \($0)" } ?? "")
    }

    init(_ record: SessionRecord, explanation: ExplanationJSON?, exit status: ExitStatus, shortfall: String? = nil) {
        self.shortfall = shortfall
        target = record.plan.target.typed
        (host, remote, local) = (record.host, record.remote?.description, record.local?.description)
        stream = record.stream
        let last = record.steps.last { $0.verdict != .pending && $0.verdict != .skipped && $0.stage != .quit }
        stage = (last?.stage ?? record.stage).rawValue
        outcome = "\(status)"
        exit = status.rawValue
        closed = record.closed?.words
        greetingMs = record.greetingTook?.milliseconds
        vendor = record.vendor
        capabilities = record.capabilities.map(\.description)
        capabilitiesBeforeTLS = record.capabilityChange.flatMap { _ in
            record.progress.keywordsBeforeTLS?.map(\.description)
        }
        capabilitiesGained = record.capabilityChange?.gained.map(\.description)
        capabilitiesLost = record.capabilityChange?.lost.map(\.description)
        authenticatedWith = record.authenticatedWith
        recipients = record.recipients.map {
            Recipient(
                address: $0.path, reply: Self.line($0.reply), delivery: $0.delivery.map(Self.line), isTaken: $0.isTaken)
        }
        steps = record.steps.map {
            Step(
                stage: $0.stage.rawValue, request: $0.request, outcome: $0.outcome, verdict: $0.verdict.rawValue,
                ms: $0.took?.milliseconds)
        }
        events = record.events.map(Event.init)
        deviations = Deviation.all(in: record)
        oddities = deviations.map(\.name)
        times = Times(record)
        capabilityChange = CapabilityChange(record)
        tls = record.tls.map { facts in
            TLS(
                version: facts.version, cipher: facts.cipher, group: facts.group, signature: facts.signature,
                isVerified: facts.isVerified, isResumed: facts.isResumed,
                objections: facts.objections.map { "depth \($0.depth): \($0.text)" },
                chain: facts.chain.map {
                    Certificate(
                        subject: $0.subject, issuer: $0.issuer, names: $0.names, notBefore: $0.notBefore,
                        notAfter: $0.notAfter, keyBits: $0.keyBits, sha256: $0.fingerprint)
                })
        }
        acceptedAs = record.acceptances.map(\.description)
        messageID = record.plan.message.messageID
        smuggling = SmugglingVerdict(record).map(SmugglingJSON.init)
        self.explanation = explanation
    }
}
