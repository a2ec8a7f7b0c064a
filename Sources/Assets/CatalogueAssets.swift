import FoundationEssentials
import Triage

/// Reads the reply catalogue from its JSON files.
///
/// Strict, because its writers are people: an unknown key, a misspelt class or an id that comes twice is a fault with
/// file and key, never a row that silently does nothing.
public enum CatalogueAssets {
    /// The catalogue that is compiled into the program.
    ///
    /// - Throws: `CatalogueFault`; never for an unchanged program, whose tests load it.
    public static func load() throws(CatalogueFault) -> ReplyCatalogue { try catalogue(of: CatalogueFile.embedded) }

    /// What is wrong with the JSON of a file that the decoder would let pass: a key that comes twice. `nil` when all is
    /// well; for tests and for those who write entries.
    public static func flaw(of file: CatalogueFile) -> CatalogueFault? {
        CatalogueJSON.fault(in: file.bytes).map { CatalogueFault($0, file: file.name) }
    }

    /// The catalogue of these files; `overrides`, read after them, may add entries and words and replace them by id.
    public static func catalogue(
        of files: [CatalogueFile], overrides: [CatalogueFile] = []
    ) throws(CatalogueFault) -> ReplyCatalogue {
        var gathered = GatheredCatalogue()
        for file in files { try gathered.take(file, isOverride: false) }
        for file in overrides {
            if let fault = CatalogueJSON.fault(in: file.bytes) { throw CatalogueFault(fault, file: file.name) }
            try gathered.take(file, isOverride: true)
        }
        return ReplyCatalogue(entries: gathered.entries, texts: gathered.texts)
    }
}

/// What has been read so far, and from which file each id came.
private struct GatheredCatalogue {
    var entries: [ReplyEntry] = []
    var texts: [Language: CatalogueTexts] = [:]
    private var places: [String: Int] = [:]
    private var origins: [String: String] = [:]

    mutating func take(_ file: CatalogueFile, isOverride: Bool) throws(CatalogueFault) {
        let parts = file.name.split(separator: "/")
        if parts.count == 2, parts[0] == "entries", parts[1].hasSuffix(".json") {
            for entry in try decoded(EntryFile.self, from: file).entries {
                if let place = places[entry.id] {
                    guard isOverride else { throw twice("entry '\(entry.id)'", file) }
                    entries[place] = entry
                } else {
                    places[entry.id] = entries.count
                    entries.append(entry)
                }
                origins["entry '\(entry.id)'"] = file.name
            }
        } else if parts.count == 3, parts[0] == "text", let language = Language(rawValue: String(parts[1])),
            parts[2].hasSuffix(".json")
        {
            let isCommon = parts[2] == "common.json"
            var words = texts[language] ?? CatalogueTexts()
            let new = try decoded(TextFile.self, from: file, isCommon: isCommon).texts
            try merge(new.entries, into: &words.entries, "\(language.rawValue) text of entry", file, isOverride)
            try merge(new.causes, into: &words.causes, "\(language.rawValue) text of cause", file, isOverride)
            try merge(new.next, into: &words.next, "\(language.rawValue) text of step", file, isOverride)
            for (section, rows) in new.common {
                try merge(
                    rows, into: &words.common[section, default: [:]], "\(language.rawValue) \(section.name)", file,
                    isOverride)
            }
            texts[language] = words
        } else {
            throw CatalogueFault(
                file: file.name, key: "",
                reason: "is neither entries/NAME.json nor text/en/NAME.json nor text/ja/NAME.json")
        }
    }

    private mutating func merge<Value>(
        _ new: [String: Value], into old: inout [String: Value], _ what: String, _ file: CatalogueFile,
        _ isOverride: Bool
    ) throws(CatalogueFault) {
        for (id, value) in new {
            let name = "\(what) '\(id)'"
            guard isOverride || old[id] == nil else { throw twice(name, file) }
            old[id] = value
            origins[name] = file.name
        }
    }

    private func twice(_ what: String, _ file: CatalogueFile) -> CatalogueFault {
        CatalogueFault(file: file.name, key: what, reason: "is also in \(origins[what] ?? file.name)")
    }

    private func decoded<File: Decodable>(
        _ type: File.Type, from file: CatalogueFile, isCommon: Bool = false
    ) throws(CatalogueFault) -> File {
        do {
            let decoder = JSONDecoder()
            decoder.userInfo[.isCommonFile] = isCommon
            return try decoder.decode(type, from: Data(file.bytes))
        } catch let fault as KeyFault {
            throw CatalogueFault(file: file.name, key: KeyFault.path(fault.path), reason: fault.reason)
        } catch let error as DecodingError {
            // The decoder does not say where a text stops being JSON.
            if let fault = CatalogueJSON.fault(in: file.bytes) { throw CatalogueFault(fault, file: file.name) }
            throw CatalogueFault(error, file: file.name)
        } catch {
            throw CatalogueFault(file: file.name, key: "", reason: "\(error)")
        }
    }
}

extension CatalogueFault {
    fileprivate init(_ fault: CatalogueJSON.Fault, file: String) {
        self.init(file: file, key: fault.key, reason: "line \(fault.line): \(fault.reason)")
    }

    fileprivate init(_ error: DecodingError, file: String) {
        switch error {
        case .typeMismatch(let type, let context):
            self.init(file: file, key: KeyFault.path(context.codingPath), reason: "is not a \(type)")
        case .valueNotFound(let type, let context):
            self.init(file: file, key: KeyFault.path(context.codingPath), reason: "is empty where a \(type) belongs")
        case .keyNotFound(let key, let context):
            self.init(file: file, key: KeyFault.path(context.codingPath + [key]), reason: "is missing")
        case .dataCorrupted(let context):
            let cause = context.underlyingError.map { ": \($0)" } ?? ""
            self.init(file: file, key: KeyFault.path(context.codingPath), reason: context.debugDescription + cause)
        @unknown default:
            self.init(file: file, key: "", reason: "\(error)")
        }
    }
}
