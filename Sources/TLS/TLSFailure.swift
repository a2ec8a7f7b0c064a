/// The end of TLS on a connection other than by close_notify, or settings that cannot be used.
public struct TLSFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Stage: String, Hashable, Sendable { case settings, handshake, reading, writing }

    /// A numbered alert, RFC 8446 §6.
    public struct Alert: Hashable, Sendable, CustomStringConvertible {
        public var isFatal: Bool
        public var number: Int

        public init(isFatal: Bool, number: Int) { (self.isFatal, self.number) = (isFatal, number) }

        /// The registry's word and number, `handshake_failure (40)`.
        public var description: String { "\(Self.names[number] ?? "alert") (\(number))" }
    }

    public var stage: Stage
    /// OpenSSL's reasons, without file names.
    public var reason: String
    public var alertReceived: Alert?
    public var alertSent: Alert?
    /// The first 64 bytes of what came during the handshake: a server that answers in plain text shows here. Outside text.
    public var firstBytes: [UInt8]
    /// The transport ended although close_notify had not come: cut off, or a careless peer.
    public var isTruncation: Bool

    public init(
        stage: Stage, reason: String, alertReceived: Alert? = nil, alertSent: Alert? = nil, firstBytes: [UInt8] = [],
        isTruncation: Bool = false
    ) {
        (self.stage, self.reason, self.alertReceived, self.alertSent) = (stage, reason, alertReceived, alertSent)
        (self.firstBytes, self.isTruncation) = (firstBytes, isTruncation)
    }

    public var description: String {
        var text = "TLS \(stage.rawValue): \(reason)"
        if let alert = alertReceived { text += "; alert received: \(alert)" }
        if let alert = alertSent { text += "; alert sent: \(alert)" }
        return text
    }
}

/// The peer sent close_notify, RFC 8446 §6.1. Fired as a user inbound event.
public struct TLSClosedByPeer: Hashable, Sendable {
    public init() {}
}

extension TLSFailure.Alert {
    /// IANA's TLS Alerts registry; OpenSSL 3.0's own table lacks 86, 109 and 116.
    private static let names: [Int: String] = [
        0: "close_notify", 10: "unexpected_message", 20: "bad_record_mac", 22: "record_overflow",
        40: "handshake_failure", 42: "bad_certificate", 43: "unsupported_certificate", 44: "certificate_revoked",
        45: "certificate_expired", 46: "certificate_unknown", 47: "illegal_parameter", 48: "unknown_ca",
        49: "access_denied", 50: "decode_error", 51: "decrypt_error", 70: "protocol_version",
        71: "insufficient_security", 80: "internal_error", 86: "inappropriate_fallback", 90: "user_canceled",
        100: "no_renegotiation", 109: "missing_extension", 110: "unsupported_extension", 112: "unrecognized_name",
        113: "bad_certificate_status_response", 115: "unknown_psk_identity", 116: "certificate_required",
        120: "no_application_protocol",
    ]
}
