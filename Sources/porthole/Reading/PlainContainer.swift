import ArgumentParser
import SMTP
import Triage

/// The options of one group, each read when its property is decoded.
///
/// A property's name is its option's, written with hyphens, and its type says whether there is a value: what the parser finds out by
/// reflection. The few things that are not so stand at the end, and a test holds both readings against each other.
struct PlainContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let arguments: PlainArguments

    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { false }

    func decode<Property: Decodable>(_ type: Property.Type, forKey key: Key) throws -> Property {
        // Without a conversion that would have to look through what all types conform to: these are the very same types.
        if let property = try property(type, key.stringValue) as? Property { return property }
        return try Property(from: PlainDecoder(arguments: arguments))
    }

    func nestedContainer<Other: CodingKey>(
        keyedBy type: Other.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Other> {
        throw PlainArguments.NotPlain()
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw PlainArguments.NotPlain()
    }

    func superDecoder() throws -> any Decoder { throw PlainArguments.NotPlain() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw PlainArguments.NotPlain() }

    /// `nil` for a group of options.
    private func property(_ type: any Decodable.Type, _ name: String) throws -> (any Decodable)? {
        if type == Flag<Bool>.self {
            var flag = Flag<Bool>(wrappedValue: false)
            flag.wrappedValue = arguments.hasFlag(Self.option(name))
            return flag
        }
        if type == Argument<String>.self {
            var argument = Argument<String>(wrappedValue: "")
            argument.wrappedValue = arguments.subject() ?? ""
            return argument
        }
        if type == Option<[String]>.self {
            var option = Option<[String]>(wrappedValue: [])
            option.wrappedValue = try arguments.values(Self.option(name))
            return option
        }
        if type == Option<String?>.self { return try optional(String.self, name) }
        if type == Option<Int?>.self { return try optional(Int.self, name) }
        if type == Option<Double?>.self { return try optional(Double.self, name) }
        if type == Option<SessionPlan.TLSPolicy?>.self { return try optional(SessionPlan.TLSPolicy.self, name) }
        if type == Option<TLSDemands.Version?>.self { return try optional(TLSDemands.Version.self, name) }
        if type == Option<Language?>.self { return try optional(Language.self, name) }
        if type == Option<String>.self { return try usual(String.self, name) }
        if type == Option<Int>.self { return try usual(Int.self, name) }
        if type == Option<SessionPlan.Greeting>.self { return try usual(SessionPlan.Greeting.self, name) }
        return nil
    }

    private func optional<Value: ExpressibleByArgument>(
        _ type: Value.Type, _ name: String
    ) throws -> Option<Value?> {
        var option = Option<Value?>()
        option.wrappedValue = try value(name)
        return option
    }

    private func usual<Value: ExpressibleByArgument>(
        _ type: Value.Type, _ name: String
    ) throws -> Option<Value> {
        guard let value: Value = try value(name) ?? Self.usual(of: name).flatMap({ Value(argument: $0) }) else {
            throw PlainArguments.NotPlain()
        }
        var option = Option<Value>(wrappedValue: value)
        option.wrappedValue = value
        return option
    }

    private func value<Value: ExpressibleByArgument>(_ name: String) throws -> Value? {
        let values = try arguments.values(Self.option(name))
        guard let text = values.first else { return nil }
        guard values.count == 1, let value = Value(argument: text) else { throw PlainArguments.NotPlain() }
        return value
    }

    /// The option of a property: only a few are not named as theirs.
    private static func option(_ name: String) -> String {
        switch name {
        case "plaintextIsFine": return "--auth-plaintext-ok"
        case "unverifiedIsFine": return "--auth-unverified-ok"
        case "waits": return "--auth-no-initial-response"
        case "onlyV4": return "-4"
        case "onlyV6": return "-6"
        case "format": return "--log-format"
        case "allExchangers": return "--all-mx"
        case _: break
        }
        var option: [UInt8] = [UInt8(ascii: "-"), UInt8(ascii: "-")]
        for byte in name.utf8 {
            if (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) {
                option += [UInt8(ascii: "-"), byte | 0x20]
            } else {
                option.append(byte)
            }
        }
        return String(decoding: option, as: UTF8.self)
    }

    /// What the options have that are never without a value.
    private static func usual(of name: String) -> String? {
        switch name {
        case "subject": EnvelopeOptions.usualSubject
        case "body": EnvelopeOptions.usualBody
        case "count": "1"
        case "greet": SessionPlan.Greeting.extended.rawValue
        case _: nil
        }
    }
}
