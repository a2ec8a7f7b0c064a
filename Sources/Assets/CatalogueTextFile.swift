import Triage

/// The form of `text/LANGUAGE/NAME.json`.
struct CatalogueTextFile {
    private static let keys = ["entries", "causes", "next"]
    private static let commonKeys = keys + CatalogueTexts.Section.allCases.map(\.name)

    private(set) var texts = CatalogueTexts()

    /// `isCommon` for `common.json`, which has sections that belong to no entry.
    init(_ file: JSONValue, isCommon: Bool) throws(JSONValue.Flaw) {
        let object = try StrictObject(file, keys: isCommon ? Self.commonKeys : Self.keys)
        texts.entries = try object.table("entries", Self.entry)
        texts.causes = try object.table("causes")
        texts.next = try object.table("next")
        guard isCommon else { return }
        for section in CatalogueTexts.Section.allCases where object.has(section.name) {
            texts.common[section] = try object.table(section.name)
        }
    }

    private static func entry(_ value: JSONValue) throws(JSONValue.Flaw) -> CatalogueTexts.Entry {
        let object = try StrictObject(value, keys: ["title", "meaning"])
        return .init(title: try object.text("title"), meaning: try object.text("meaning"))
    }
}
