/// A JSON value on its way to a file, RFC 8259; fields keep their order.
indirect enum JSONText: Hashable, Sendable {
    struct Field: Hashable, Sendable {
        var name: String
        var value: JSONText
    }

    case null
    case number(Int)
    case string(String)
    case array([JSONText])
    case fields([Field])

    static func object(_ fields: [(String, JSONText)]) -> JSONText {
        .fields(fields.map { Field(name: $0.0, value: $0.1) })
    }

    /// The text, indented by two blanks a level.
    func written(indent: String = "") -> String {
        let inner = indent + "  "
        switch self {
        case .null: return "null"
        case .number(let number): return "\(number)"
        case .string(let text): return Self.quoted(text)
        case .array(let values) where values.isEmpty: return "[]"
        case .array(let values):
            return "[\n" + values.map { inner + $0.written(indent: inner) }.joined(separator: ",\n") + "\n\(indent)]"
        case .fields(let fields) where fields.isEmpty: return "{}"
        case .fields(let fields):
            let lines = fields.map { inner + Self.quoted($0.name) + ": " + $0.value.written(indent: inner) }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _
            where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                || (0x2028...0x202E).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            case _: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
