/// A value of a JSON text (RFC 8259), with the line in which it begins.
///
/// Not a decoder's container: whoever writes an entry is told the line of what is wrong, which those do not know.
struct JSONValue {
    enum Content {
        case null
        case boolean(Bool)
        /// As it was written.
        case number(String)
        case text(String)
        case list([JSONValue])
        /// In the order of the text; no key comes twice.
        case object([Member])
    }

    struct Member {
        let key: String
        /// The line of the key.
        let line: Int
        let value: JSONValue
    }

    let content: Content
    /// Counted from 1.
    let line: Int

    /// What is wrong with it, as far as it is known here: `Flaw` gains its path on the way out.
    func flaw(_ reason: String) -> Flaw { Flaw(line: line, path: "", reason: reason) }

    func text() throws(Flaw) -> String {
        guard case .text(let text) = content else { throw flaw("is \(name), not a text in quotes") }
        return text
    }

    func list() throws(Flaw) -> [JSONValue] {
        guard case .list(let values) = content else { throw flaw("is \(name), not a list in [ ]") }
        return values
    }

    func number() throws(Flaw) -> Double {
        guard case .number(let digits) = content, let number = Double(digits) else {
            throw flaw("is \(name), not a number")
        }
        return number
    }

    func integer() throws(Flaw) -> Int {
        guard case .number(let digits) = content, let number = Int(digits) else {
            throw flaw("is \(name), not a whole number")
        }
        return number
    }

    /// The members of a list, each read; a flaw tells which one.
    func list<Value>(_ read: (JSONValue) throws(Flaw) -> Value) throws(Flaw) -> [Value] {
        var result: [Value] = []
        for (index, value) in try list().enumerated() {
            do throws(Flaw) { result.append(try read(value)) } catch { throw error.inside("[\(index)]") }
        }
        return result
    }

    private var name: String {
        switch content {
        case .null: "null"
        case .boolean: "true or false"
        case .number: "a number"
        case .text: "a text"
        case .list: "a list"
        case .object: "an object"
        }
    }
}

extension JSONValue {
    /// What is wrong in a text, in which line, and the keys that lead there.
    struct Flaw: Error, Equatable {
        var line: Int
        /// `entries[3].match.code`
        var path: String
        var reason: String

        /// The same flaw, seen from one level further out: `key` is a name or `[3]`.
        func inside(_ key: String) -> Flaw {
            var flaw = self
            flaw.path = path.isEmpty || path.hasPrefix("[") ? key + path : "\(key).\(path)"
            return flaw
        }
    }
}
