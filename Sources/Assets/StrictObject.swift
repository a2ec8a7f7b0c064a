/// A JSON object of which every key must be known.
struct StrictObject {
    typealias Flaw = JSONValue.Flaw

    private let members: [JSONValue.Member]
    private let line: Int

    /// - Parameter keys: few enough that comparing them costs less than hashing them.
    init(_ value: JSONValue, keys: [String]) throws(Flaw) {
        guard case .object(let members) = value.content else { throw value.flaw("is not an object in { }") }
        for member in members where !keys.contains(member.key) {
            throw Flaw(
                line: member.line, path: member.key,
                reason: "unknown key; known are \(keys.sorted().joined(separator: " "))")
        }
        (self.members, line) = (members, value.line)
    }

    var keys: [String] { members.map(\.key) }

    func has(_ key: String) -> Bool { members.contains { $0.key == key } }

    /// What stands under `key`, read; `nil` when there is no such key.
    func optional<Value>(_ key: String, _ read: (JSONValue) throws(Flaw) -> Value) throws(Flaw) -> Value? {
        guard let member = members.first(where: { $0.key == key }) else { return nil }
        do throws(Flaw) { return try read(member.value) } catch { throw error.inside(key) }
    }

    func value<Value>(_ key: String, _ read: (JSONValue) throws(Flaw) -> Value) throws(Flaw) -> Value {
        guard let value = try optional(key, read) else {
            throw Flaw(line: line, path: key, reason: "is missing")
        }
        return value
    }

    func text(_ key: String) throws(Flaw) -> String { try value(key) { value throws(Flaw) in try value.text() } }

    func optionalText(_ key: String) throws(Flaw) -> String? {
        try optional(key) { value throws(Flaw) in try value.text() }
    }

    func texts(_ key: String) throws(Flaw) -> [String] {
        try list(key) { value throws(Flaw) in try value.text() }
    }

    func list<Value>(_ key: String, _ read: (JSONValue) throws(Flaw) -> Value) throws(Flaw) -> [Value] {
        try optional(key) { value throws(Flaw) in try value.list(read) } ?? []
    }

    /// A word out of a fixed list.
    func word<Value: RawRepresentable & CaseIterable>(_ type: Value.Type, _ key: String) throws(Flaw) -> Value
    where Value.RawValue == String {
        try value(key) { value throws(Flaw) in try Self.word(type, value) }
    }

    func optionalWord<Value: RawRepresentable & CaseIterable>(
        _ type: Value.Type, _ key: String
    ) throws(Flaw) -> Value? where Value.RawValue == String {
        try optional(key) { value throws(Flaw) in try Self.word(type, value) }
    }

    func words<Value: RawRepresentable & CaseIterable>(_ type: Value.Type, _ key: String) throws(Flaw) -> [Value]
    where Value.RawValue == String {
        try list(key) { value throws(Flaw) in try Self.word(type, value) }
    }

    /// A list whose members are written in a small language of their own.
    func written<Value>(_ key: String, _ read: (String) -> Value?) throws(Flaw) -> [Value] {
        try list(key) { value throws(Flaw) in
            let text = try value.text()
            guard let result = read(text) else { throw value.flaw("cannot read '\(text)'") }
            return result
        }
    }

    /// An object of texts under names of the writer's own.
    func table(_ key: String) throws(Flaw) -> [String: String] {
        try table(key) { value throws(Flaw) in try value.text() }
    }

    func table<Value>(
        _ key: String, _ read: (JSONValue) throws(Flaw) -> Value
    ) throws(Flaw) -> [String: Value] {
        try optional(key) { value throws(Flaw) in
            guard case .object(let members) = value.content else { throw value.flaw("is not an object in { }") }
            var table: [String: Value] = [:]
            table.reserveCapacity(members.count)
            for member in members {
                do throws(Flaw) { table[member.key] = try read(member.value) } catch { throw error.inside(member.key) }
            }
            return table
        } ?? [:]
    }

    private static func word<Value: RawRepresentable & CaseIterable>(
        _ type: Value.Type, _ value: JSONValue
    ) throws(Flaw) -> Value where Value.RawValue == String {
        let text = try value.text()
        guard let word = Value(rawValue: text) else {
            throw value.flaw("no '\(text)'; known are \(type.allCases.map(\.rawValue).joined(separator: " "))")
        }
        return word
    }
}
