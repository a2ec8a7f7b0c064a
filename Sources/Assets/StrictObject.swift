/// A key of a JSON object, whatever it is called.
struct FreeKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

/// What is wrong at a key.
struct KeyFault: Error {
    var path: [any CodingKey]
    var reason: String

    /// `entries[3].match.code`.
    static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce(into: "") { text, key in
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
    }
}

/// A JSON object of which every key must be known.
struct StrictObject {
    private let container: KeyedDecodingContainer<FreeKey>

    init(_ decoder: any Decoder, keys: Set<String>) throws {
        container = try decoder.container(keyedBy: FreeKey.self)
        for key in container.allKeys where !keys.contains(key.stringValue) {
            throw KeyFault(
                path: container.codingPath + [key],
                reason: "unknown key; known are \(keys.sorted().joined(separator: " "))")
        }
    }

    var keys: [String] { container.allKeys.map(\.stringValue) }

    func value<Value: Decodable>(_ type: Value.Type, _ key: String) throws -> Value {
        try container.decode(type, forKey: FreeKey(key))
    }

    func optional<Value: Decodable>(_ type: Value.Type, _ key: String) throws -> Value? {
        try container.decodeIfPresent(type, forKey: FreeKey(key))
    }

    func list<Value: Decodable>(_ type: Value.Type, _ key: String) throws -> [Value] {
        try container.decodeIfPresent([Value].self, forKey: FreeKey(key)) ?? []
    }

    /// A word out of a fixed list.
    func word<Value: RawRepresentable & CaseIterable>(_ type: Value.Type, _ key: String) throws -> Value
    where Value.RawValue == String {
        let text = try value(String.self, key)
        guard let word = Value(rawValue: text) else { throw fault(key, "no '\(text)'; known are \(Self.all(type))") }
        return word
    }

    func words<Value: RawRepresentable & CaseIterable>(_ type: Value.Type, _ key: String) throws -> [Value]
    where Value.RawValue == String {
        try list(String.self, key).map { text in
            guard let word = Value(rawValue: text) else {
                throw fault(key, "no '\(text)'; known are \(Self.all(type))")
            }
            return word
        }
    }

    /// A list whose members are written in a small language of their own.
    func written<Value>(_ key: String, _ read: (String) -> Value?) throws -> [Value] {
        try list(String.self, key).map { text in
            guard let value = read(text) else { throw fault(key, "cannot read '\(text)'") }
            return value
        }
    }

    func fault(_ key: String, _ reason: String) -> KeyFault {
        KeyFault(path: container.codingPath + [FreeKey(key)], reason: reason)
    }

    private static func all<Value: RawRepresentable & CaseIterable>(_ type: Value.Type) -> String
    where Value.RawValue == String {
        type.allCases.map(\.rawValue).joined(separator: " ")
    }
}
