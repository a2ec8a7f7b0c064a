/// Why a file of the catalogue, or one entry or word of it, cannot be taken: where it stands and what is wrong.
public struct CatalogueFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// `entries/esa.json`.
    public var file: String
    /// Counted from 1; `nil` when it is about the whole file.
    public var line: Int?
    /// `entries[3].match.code`; empty when it is about the whole file.
    public var key: String
    public var reason: String

    public init(file: String, line: Int? = nil, key: String = "", reason: String) {
        (self.file, self.line, self.key, self.reason) = (file, line, key, reason)
    }

    /// `entries/esa.json:12: entries[3].class: no 'okay'; …`
    public var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return key.isEmpty ? "\(place): \(reason)" : "\(place): \(key): \(reason)"
    }
}
