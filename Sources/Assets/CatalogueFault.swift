/// Why a file of the catalogue cannot be taken: which file, which key in it, and what is wrong.
public struct CatalogueFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// `entries/esa.json`.
    public var file: String
    /// `entries[3].match.code`; empty when it is about the whole file.
    public var key: String
    public var reason: String

    public init(file: String, key: String, reason: String) { (self.file, self.key, self.reason) = (file, key, reason) }

    public var description: String { key.isEmpty ? "\(file): \(reason)" : "\(file): \(key): \(reason)" }
}
