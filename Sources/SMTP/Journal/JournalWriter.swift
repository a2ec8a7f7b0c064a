import MailVocabulary

/// Writes values one after another as tab-separated, printable ASCII fields.
struct JournalWriter {
    private(set) var line = ""

    mutating func word(_ word: String) { line += line.isEmpty ? word : "\t" + word }
    mutating func text(_ text: String) { word("'" + EvidenceText.ascii(text.utf8)) }
    mutating func bytes(_ bytes: [UInt8]) { word("'" + EvidenceText.ascii(bytes)) }
    mutating func number(_ number: Int) { word("\(number)") }
    mutating func flag(_ flag: Bool) { word(flag ? "yes" : "no") }
    mutating func address(_ address: IPAddress) { word("\(address)") }
    mutating func stage(_ stage: SessionStage) { word(stage.rawValue) }
    mutating func oddity(_ oddity: Oddity) {
        word(oddity.kind.rawValue)
        text(oddity.evidence)
    }

    mutating func endpoint(_ endpoint: Endpoint) {
        address(endpoint.address)
        number(endpoint.port)
    }

    /// What is no address is written as the loopback address with port 0, which nobody can connect to.
    mutating func place(_ endpoint: Endpoint?) { self.endpoint(endpoint ?? Endpoint(.loopback, 0)) }

    /// Seconds and attoseconds: every duration comes back as it was.
    mutating func time(_ time: Duration) {
        let (seconds, attoseconds) = time.components
        word("\(seconds):\(attoseconds)")
    }

    /// The count first, then the elements.
    mutating func list<Element>(_ elements: [Element], _ write: (inout JournalWriter, Element) -> Void) {
        number(elements.count)
        for element in elements { write(&self, element) }
    }

    mutating func optional<Value>(_ value: Value?, _ write: (inout JournalWriter, Value) -> Void) {
        list(value.map { [$0] } ?? [], write)
    }
}
