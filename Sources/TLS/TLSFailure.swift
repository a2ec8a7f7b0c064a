/// The end of TLS on a connection other than by close_notify, or settings that cannot be used.
public struct TLSFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was going on.
    public enum Stage: String, Hashable, Sendable { case settings, handshake, reading, writing }

    /// A numbered alert, RFC 8446 §6.
    public struct Alert: Hashable, Sendable, CustomStringConvertible {
        /// The level that was sent; TLS 1.3 takes every error alert as fatal whatever it says.
        public var isFatal: Bool
        /// Of IANA's TLS Alerts registry.
        public var number: Int

        /// As on the wire.
        public init(isFatal: Bool, number: Int) { (self.isFatal, self.number) = (isFatal, number) }

        /// The registry's word and number, `handshake_failure (40)`.
        public var description: String { "\(Self.names[number] ?? "alert") (\(number))" }
    }

    /// Where it happened.
    public var stage: Stage
    /// OpenSSL's reasons, without file names.
    public var reason: String
    /// The last one from the peer.
    public var alertReceived: Alert?
    /// The last one of ours.
    public var alertSent: Alert?
    /// The first 64 bytes of what came during the handshake: a server that answers in plain text shows here. Outside text.
    public var firstBytes: [UInt8]
    /// The transport ended although close_notify had not come: cut off, or a careless peer.
    public var isTruncation: Bool

    /// Everything but the stage and the reason is there only if it was seen.
    public init(
        stage: Stage, reason: String, alertReceived: Alert? = nil, alertSent: Alert? = nil, firstBytes: [UInt8] = [],
        isTruncation: Bool = false
    ) {
        (self.stage, self.reason, self.alertReceived, self.alertSent) = (stage, reason, alertReceived, alertSent)
        (self.firstBytes, self.isTruncation) = (firstBytes, isTruncation)
    }

    /// One line: stage, reason, alerts. The first bytes are left out.
    public var description: String {
        var text = "TLS \(stage.rawValue): \(reason)"
        if let alert = alertReceived { text += "; alert received: \(alert)" }
        if let alert = alertSent { text += "; alert sent: \(alert)" }
        return text
    }
}

/// The peer sent close_notify, RFC 8446 §6.1. Fired as a user inbound event.
public struct TLSClosedByPeer: Hashable, Sendable {
    /// There is nothing more to say about it.
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
