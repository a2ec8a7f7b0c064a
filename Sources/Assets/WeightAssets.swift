import CAssets
import Triage

/// The weights that are compiled in: `Catalogue/weights/words.json`.
///
/// ```json
/// {"own": {"weak": 50, "enhanced": 100, "likely": 250},
///  "stand-ins": {"policy": "generic.policy.rejected"},
///  "weights": {"code 550": {"policy": 12}, "welcome": {"reputation": 80, "policy": -20}}}
/// ```
enum WeightAssets {
    /// Read when the first reply asks for them: most never do. Nothing is weighed when the file cannot be read, which a test would
    /// tell.
    static let words: ClassWeights = (try? weights(file)) ?? ClassWeights()

    /// The file that is compiled in.
    static var file: CatalogueFile {
        guard let row = unsafe cassets_weights(), let name = unsafe row.pointee.name else {
            return CatalogueFile(name: "", bytes: [])
        }
        let bytes = unsafe Array(UnsafeBufferPointer(start: row.pointee.bytes, count: row.pointee.count))
        return unsafe CatalogueFile(name: String(cString: name), bytes: bytes)
    }

    /// The weights in a file.
    ///
    /// - Throws: `CatalogueFault` with line and key.
    static func weights(_ file: CatalogueFile) throws(CatalogueFault) -> ClassWeights {
        do throws(JSONValue.Flaw) {
            let object = try StrictObject(JSONReader.value(of: file.bytes), keys: ["own", "stand-ins", "weights"])
            let own = try object.value("own", own)
            let standIns = try object.table("stand-ins") { value throws(JSONValue.Flaw) in try value.text() }
            let rows = try object.table("weights", votes)
            return ClassWeights(rows, standIns: try classes(standIns, in: "stand-ins"), own: own)
        } catch {
            throw CatalogueFault(error, file: file.name)
        }
    }

    private static func own(_ value: JSONValue) throws(JSONValue.Flaw) -> [ClassWeights.Doubt: Int] {
        let object = try StrictObject(value, keys: ClassWeights.Doubt.allCases.map(\.rawValue))
        var own: [ClassWeights.Doubt: Int] = [:]
        for doubt in ClassWeights.Doubt.allCases {
            own[doubt] = try object.value(doubt.rawValue) { value throws(JSONValue.Flaw) in try value.integer() }
        }
        return own
    }

    private static func votes(_ value: JSONValue) throws(JSONValue.Flaw) -> [ClassWeights.Vote] {
        guard case .object(let members) = value.content else { throw value.flaw("is not an object in { }") }
        var votes: [ClassWeights.Vote] = []
        votes.reserveCapacity(members.count)
        for member in members {
            guard let replyClass = ReplyClass(rawValue: member.key) else {
                throw member.value.flaw("'\(member.key)' is not a class")
            }
            votes.append(ClassWeights.Vote(replyClass, try member.value.integer()))
        }
        return votes
    }

    private static func classes(
        _ table: [String: String], in key: String
    ) throws(JSONValue.Flaw) -> [ReplyClass: String] {
        var classes: [ReplyClass: String] = [:]
        for (name, id) in table {
            guard let replyClass = ReplyClass(rawValue: name) else {
                throw JSONValue.Flaw(line: 1, path: key, reason: "'\(name)' is not a class")
            }
            classes[replyClass] = id
        }
        return classes
    }
}
