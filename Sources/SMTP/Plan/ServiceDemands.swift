/// Which service extensions a transaction is to use beyond RFC 5321, 1870, 3461, 6152 and 6531.
public struct ServiceDemands: Hashable, Sendable {
    /// DELIVERBY, RFC 2852 §4.
    public struct DeliverBy: Hashable, Sendable {
        public enum Mode: String, Hashable, Sendable, CaseIterable {
            /// Give up and return the message when the time is over.
            case giveUp = "R"
            /// Report the delay and go on.
            case notify = "N"
        }

        /// Counted from the MAIL command. Negative with `notify` only: the time is over already.
        public var seconds: Int
        public var mode: Mode
        /// Each relay reports what it did.
        public var traces: Bool

        public init(seconds: Int, mode: Mode, traces: Bool = false) {
            (self.seconds, self.mode, self.traces) = (seconds, mode, traces)
        }

        /// The value of BY, RFC 2852 §4: `120;RT`.
        public var value: String { "\(seconds);\(mode.rawValue)\(traces ? "T" : "")" }
    }

    /// FUTURERELEASE, RFC 4865 §4: the server keeps the message back.
    public enum Hold: Hashable, Sendable {
        case seconds(Int)
        /// An RFC 3339 date-time.
        case until(String)
    }

    /// The message goes by BDAT in pieces of so many octets, RFC 3030 §2; `nil`: by DATA.
    public var chunk: Int?
    /// A reply for each recipient after the message, PRDR (draft-hall-prdr).
    public var wantsRecipientReplies = false
    /// Every hop must use verified TLS, RFC 8689 §3.
    public var requiresTLS = false
    public var deliverBy: DeliverBy?
    /// -9 to 9, RFC 6710 §4; higher is more urgent.
    public var priority: Int?
    public var hold: Hold?
    /// What the server's LIMITS say (RFC 9422) is not kept to: to see what it does then.
    public var ignoresLimits = false

    public init() {}
}

/// As a journal has them.
extension ServiceDemands {
    var options: [(name: String, value: String)] {
        var options: [(name: String, value: String)] = []
        if let chunk { options.append(("bdat", "\(chunk)")) }
        if wantsRecipientReplies { options.append(("prdr", "yes")) }
        if requiresTLS { options.append(("requiretls", "yes")) }
        if let deliverBy { options.append(("deliver-by", deliverBy.value)) }
        if let priority { options.append(("priority", "\(priority)")) }
        switch hold {
        case .seconds(let count): options.append(("hold-for", "\(count)"))
        case .until(let date): options.append(("hold-until", date))
        case nil: break
        }
        if ignoresLimits { options.append(("ignore-limits", "yes")) }
        return options
    }

    mutating func set(_ name: String, to value: String) {
        switch name {
        case "bdat": chunk = Int(value)
        case "prdr": wantsRecipientReplies = value == "yes"
        case "requiretls": requiresTLS = value == "yes"
        case "deliver-by": deliverBy = DeliverBy(value)
        case "priority": priority = Int(value)
        case "hold-for": hold = Int(value).map { .seconds($0) }
        case "hold-until": hold = .until(value)
        case "ignore-limits": ignoresLimits = value == "yes"
        default: break
        }
    }
}

extension ServiceDemands.DeliverBy {
    /// Reads `120;RT`, RFC 2852 §4; `nil` for anything else.
    public init?(_ value: some StringProtocol) {
        let sides = value.uppercased().split(separator: ";", omittingEmptySubsequences: false)
        guard sides.count == 2, let seconds = Int(sides[0]), abs(seconds) <= 999_999_999,
            let mode = sides[1].first.flatMap({ Mode(rawValue: String($0)) }),
            sides[1].dropFirst().isEmpty || sides[1].dropFirst() == "T", mode == .notify || seconds > 0
        else { return nil }
        self.init(seconds: seconds, mode: mode, traces: sides[1].count == 2)
    }
}

extension ServiceDemands.Hold {
    /// An RFC 3339 date-time as RFC 4865 §4.2 wants it: `2026-11-22T09:00:00Z`, or with an offset in place of the Z.
    public static func isDateTime(_ text: String) -> Bool {
        let form = Array("dddd-dd-ddTdd:dd:dd".utf8)
        let bytes = Array(text.utf8)
        guard bytes.count > form.count else { return false }
        for (byte, shape) in zip(bytes, form) {
            guard shape == UInt8(ascii: "d") ? (48...57).contains(byte) : byte == shape else { return false }
        }
        let zone = bytes.dropFirst(form.count)
        if zone.elementsEqual("Z".utf8) { return true }
        let offset = Array(zone)
        guard offset.count == 6, offset[0] == UInt8(ascii: "+") || offset[0] == UInt8(ascii: "-"),
            offset[3] == UInt8(ascii: ":")
        else { return false }
        return [1, 2, 4, 5].allSatisfy { (48...57).contains(offset[$0]) }
    }
}
