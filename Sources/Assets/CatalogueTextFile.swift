import Triage

extension CodingUserInfoKey {
    /// Whether the file being read is `common.json`, which has other sections.
    static var isCommonFile: CodingUserInfoKey {
        guard let key = CodingUserInfoKey(rawValue: "isCommonFile") else { preconditionFailure("a constant name") }
        return key
    }
}

/// The form of `text/LANGUAGE/NAME.json`.
struct TextFile: Decodable {
    var texts = CatalogueTexts()

    private struct Words: Decodable {
        private static let keys: Set = ["title", "meaning"]

        let text: CatalogueTexts.Entry

        init(from decoder: any Decoder) throws {
            let object = try StrictObject(decoder, keys: Self.keys)
            text = .init(
                title: try object.value(String.self, "title"), meaning: try object.value(String.self, "meaning"))
        }
    }

    init(from decoder: any Decoder) throws {
        var keys: Set = ["entries", "causes", "next"]
        let isCommon = decoder.userInfo[.isCommonFile] as? Bool == true
        if isCommon { keys.formUnion(CatalogueTexts.Section.allCases.map(\.name)) }
        let object = try StrictObject(decoder, keys: keys)
        texts.entries = try object.optional([String: Words].self, "entries")?.mapValues(\.text) ?? [:]
        texts.causes = try object.optional([String: String].self, "causes") ?? [:]
        texts.next = try object.optional([String: String].self, "next") ?? [:]
        guard isCommon else { return }
        for section in CatalogueTexts.Section.allCases {
            if let words = try object.optional([String: String].self, section.name) {
                texts.common[section] = words
            }
        }
    }
}
