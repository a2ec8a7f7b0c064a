import ArgumentParser
import SMTP

/// The parameters of MAIL and RCPT, as options.
struct DeliveryOptions: ParsableArguments {
    @Option(help: "RET: what a delivery report brings back, full or hdrs (RFC 3461).")
    var ret: String?

    @Option(help: "ENVID: an id that delivery reports repeat; written as xtext.")
    var envid: String?

    @Flag(help: "ORCPT for every recipient: the address itself, written as xtext.")
    var orcpt = false

    @Option(
        help:
            "SIZE on MAIL: a number of octets, or message for that of the test message (RFC 1870); with --sessions the message is made that big."
    )
    var size: String?

    @Option(
        help:
            "BODY on MAIL: 7bit, 8bitmime (RFC 6152), or binarymime with --bdat (RFC 3030). Default: as the text needs it."
    )
    var bodyType: String?

    @Flag(help: "SMTPUTF8 on MAIL, even where no address needs it (RFC 6531).")
    var smtputf8 = false

    @Option(help: "A parameter of MAIL by hand, sent as it is; repeat for more. For RCPT: --to \"ADDRESS PARAMETER…\".")
    var mailParam: [String] = []

    func demands() throws -> MailDemands {
        var demands = MailDemands()
        demands.returns = try ret.map { try Self.value($0, "--ret") }
        demands.body = try bodyType.map { try Self.value($0, "--body-type") }
        if let envid {
            if let fault = EnvelopeFault.inField(envid, "--envid") { throw CommandFailure(fault, .usage) }
            let length = XText.encode(envid).utf8.count
            guard (1...100).contains(length) else {
                throw CommandFailure("--envid has 1 to 100 characters as xtext (RFC 3461 §4.4), not \(length)", .usage)
            }
            demands.envelopeID = envid
        }
        if let size {
            guard size == "message" || size.utf8.allSatisfy({ (48...57).contains($0) }) && Int(size) != nil else {
                throw CommandFailure("--size wants a number of octets, or the word message", .usage)
            }
            demands.size = Int(size).map { .octets($0) } ?? .ofMessage
        }
        demands.isInternational = smtputf8
        demands.byHand = try mailParam.map { parameter in
            if let fault = EnvelopeFault.inField(parameter, "--mail-param") { throw CommandFailure(fault, .usage) }
            return parameter
        }
        return demands
    }

    /// The recipients with their ORCPT.
    func completed(_ recipients: [Recipient]) -> [Recipient] {
        guard orcpt else { return recipients }
        return recipients.map { recipient in
            var recipient = recipient
            recipient.original = "rfc822;\(recipient.forwardPath)"
            return recipient
        }
    }

    private static func value<Value: RawRepresentable<String> & CaseIterable>(
        _ text: String, _ name: String
    ) throws -> Value {
        guard let value = Value(rawValue: text.uppercased()) else {
            let all = Value.allCases.map { $0.rawValue.lowercased() }.joined(separator: " or ")
            throw CommandFailure("\(name) is \(all), not \(text)", .usage)
        }
        return value
    }
}

extension DeliveryOptions: PlainOptions {
    mutating func read(_ line: PlainArguments) throws {
        ret = try line.value("--ret")
        envid = try line.value("--envid")
        orcpt = line.hasFlag("--orcpt")
        size = try line.value("--size")
        bodyType = try line.value("--body-type")
        smtputf8 = line.hasFlag("--smtputf8")
        mailParam = try line.values("--mail-param")
    }
}
