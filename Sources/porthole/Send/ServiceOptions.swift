import ArgumentParser
import SMTP

/// The service extensions that a transaction is to use, as options.
struct ServiceOptions: ParsableArguments {
    @Option(help: "With --send: the message by BDAT in chunks of so many octets, in place of DATA (RFC 3030).")
    var bdat: Int?

    @Flag(help: "PRDR on MAIL: a reply for each recipient after the message, where the server offers it.")
    var prdr = false

    @Flag(help: "REQUIRETLS on MAIL: every hop must use verified TLS (RFC 8689).")
    var requiretls = false

    @Option(
        help: """
            BY on MAIL: SECONDS;R to have the message returned after that time, SECONDS;N for a report; a T behind \
            traces (RFC 2852).
            """)
    var deliverBy: String?

    @Option(help: "MT-PRIORITY on MAIL: -9 to 9 (RFC 6710). Write --priority=-3 for a negative one.")
    var priority: Int?

    @Option(help: "HOLDFOR on MAIL: the server keeps the message back for so many seconds (RFC 4865).")
    var holdFor: Int?

    @Option(help: "HOLDUNTIL on MAIL: until this time, 2026-11-22T09:00:00Z (RFC 4865).")
    var holdUntil: String?

    @Flag(help: "Go beyond the limits that the server names with LIMITS (RFC 9422).")
    var ignoreLimits = false

    /// - Parameter sends: A message will go out.
    func demands(sends: Bool) throws -> ServiceDemands {
        var demands = ServiceDemands()
        if let bdat {
            guard (1...1 << 30).contains(bdat) else {
                throw CommandFailure("--bdat wants the octets of a chunk, from 1 to \(1 << 30), not \(bdat)", .usage)
            }
            if !sends { throw CommandFailure("--bdat needs --send", .usage) }
            demands.chunk = bdat
        }
        demands.wantsRecipientReplies = prdr
        demands.requiresTLS = requiretls
        if let deliverBy {
            guard let by = ServiceDemands.DeliverBy(deliverBy) else {
                throw CommandFailure(
                    "--deliver-by wants SECONDS;R or SECONDS;N, with a T behind it for traces, not \(deliverBy); "
                        + "R needs a time above 0",
                    .usage)
            }
            demands.deliverBy = by
        }
        if let priority {
            guard (-9...9).contains(priority) else {
                throw CommandFailure("--priority is from -9 to 9, not \(priority)", .usage)
            }
            demands.priority = priority
        }
        demands.hold = try hold()
        demands.ignoresLimits = ignoreLimits
        return demands
    }

    private func hold() throws -> ServiceDemands.Hold? {
        if holdFor != nil, holdUntil != nil {
            throw CommandFailure("--hold-for and --hold-until exclude each other", .usage)
        }
        if let holdFor {
            guard (1...999_999_999).contains(holdFor) else {
                throw CommandFailure("--hold-for is from 1 to 999999999 seconds, not \(holdFor)", .usage)
            }
            return .seconds(holdFor)
        }
        guard let holdUntil else { return nil }
        guard ServiceDemands.Hold.isDateTime(holdUntil) else {
            throw CommandFailure("--hold-until wants a time like 2026-11-22T09:00:00Z, not \(holdUntil)", .usage)
        }
        return .until(holdUntil)
    }
}

extension ServiceOptions: PlainOptions {
    mutating func read(_ line: PlainArguments) throws {
        bdat = try line.value("--bdat")
        prdr = line.hasFlag("--prdr")
        requiretls = line.hasFlag("--requiretls")
        deliverBy = try line.value("--deliver-by")
        priority = try line.value("--priority")
        holdFor = try line.value("--hold-for")
        holdUntil = try line.value("--hold-until")
        ignoreLimits = line.hasFlag("--ignore-limits")
    }
}
