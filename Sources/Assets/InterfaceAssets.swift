import CAssets
import MailVocabulary
import Triage

/// The interface's words that are compiled in: `Catalogue/interface/LANGUAGE….json`, objects of English phrases and
/// what they are in that language.
public enum InterfaceAssets {
    /// The words of all languages. A file that cannot be read leaves its language English; the tests read them strictly.
    public static let words = InterfaceWords(tables(embedded), sentences: tables(sentences))

    /// The words for a run that speaks one language. English is written in the phrases themselves: no table is read for it.
    public static func words(for language: Language) -> InterfaceWords {
        language == .english ? InterfaceWords() : words
    }

    private static func tables(_ files: [CatalogueFile]) -> [Language: [String: String]] {
        var texts: [Language: [String: String]] = [:]
        for file in files {
            guard let language = Language(rawValue: file.name) else { continue }
            guard let table = try? table(file) else { continue }
            texts[language, default: [:]].merge(table) { first, _ in first }
        }
        return texts
    }

    /// The files that are compiled in, each named as its language: what the program says.
    static var embedded: [CatalogueFile] { unsafe files(cassets_interface()) }

    /// What the engines say in English, each named as its language.
    static var sentences: [CatalogueFile] { unsafe files(cassets_sentences()) }

    private static func files(_ table: UnsafePointer<CAsset>?) -> [CatalogueFile] {
        var files: [CatalogueFile] = []
        // The table is constant data of the program and ends with a row without a name.
        guard var row = unsafe table else { return [] }
        while let name = unsafe row.pointee.name {
            let bytes = unsafe Array(UnsafeBufferPointer(start: row.pointee.bytes, count: row.pointee.count))
            unsafe files.append(CatalogueFile(name: String(cString: name), bytes: bytes))
            unsafe row += 1
        }
        return files
    }

    /// The table in a file.
    ///
    /// - Throws: `CatalogueFault` for what is no table of texts, or a translation whose places are not those of its key.
    static func table(_ file: CatalogueFile) throws(CatalogueFault) -> [String: String] {
        do throws(JSONValue.Flaw) {
            let value = try JSONReader.value(of: file.bytes)
            guard case .object(let members) = value.content else { throw value.flaw("is not an object in { }") }
            var table: [String: String] = [:]
            table.reserveCapacity(members.count)
            for member in members {
                let text = try member.value.text()
                guard PhraseTemplate(InterfaceWords.unmarked(text)).places == PhraseTemplate(member.key).places else {
                    throw member.value.flaw("'\(text)' has not the places of '\(member.key)'")
                }
                table[member.key] = text
            }
            return table
        } catch {
            throw CatalogueFault(error, file: file.name)
        }
    }
}
