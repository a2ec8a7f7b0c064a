import MailVocabulary

/// Numbers with the word for what is counted.
extension Int {
    /// `1 line`, `2 lines`
    public var lines: Phrase { self == 1 ? "1 line" : "\(self) lines" }
    /// `1 message`, `2 messages`
    public var messages: Phrase { self == 1 ? "1 message" : "\(self) messages" }
    /// `1 connection`, `2 connections`
    public var connections: Phrase { self == 1 ? "1 connection" : "\(self) connections" }
    /// `1 client`, `2 clients`
    public var clients: Phrase { self == 1 ? "1 client" : "\(self) clients" }
}
