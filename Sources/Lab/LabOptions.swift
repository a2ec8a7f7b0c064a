/// What the lab is started with. The defaults are those of `porthole demo`.
public struct LabOptions: Hashable, Sendable {
    /// The certificate of the gateway, signed by the lab's own authority.
    public enum Certificate: String, CaseIterable, Hashable, Sendable {
        /// For mx1.example.test, mx2.example.test, localhost and their addresses, valid for 61 days.
        case valid
        /// The same names, ended three days ago.
        case expired
        /// Valid, for another host.
        case wrongName
    }

    /// How the gateway behaves.
    public var behaviour = LabBehaviour()
    /// What the gateway shows in a TLS handshake.
    public var certificate = Certificate.valid
    /// For SMTP with STARTTLS; 0 lets the system choose.
    public var port = 0
    /// For implicit TLS; 0 lets the system choose.
    public var smtpsPort = 0
    /// UDP and TCP; 0 lets the system choose.
    public var nameServerPort = 0
    /// The name server also holds the museum of faults: `museum.test`, and signed `museum`.
    public var holdsMuseum = false
    /// How long the gateway waits for the name of a client before it gives the banner. Clients come from 127.0.0.1, whose
    /// reverse zone is silent; zero makes that zone answer that there is no name.
    public var reverseTimeout = Duration.milliseconds(2500)
    /// Background lines a second; 0 for none.
    public var linesPerSecond = 1.5
    /// Background lines that are in the log from the start.
    public var historyLines = 200
    /// The same seed gives the same background.
    public var seed: UInt64 = 18
    /// The MID of the first message that a session begins.
    public var firstMID = 214

    /// The demonstration.
    public init() {}
}
