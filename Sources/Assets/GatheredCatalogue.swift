import Triage

/// The files of a catalogue as far as they have been read, and what was wrong with them.
struct GatheredCatalogue {
    private(set) var entries: [ReplyEntry] = []
    private(set) var texts: [Language: CatalogueTexts] = [:]
    private(set) var faults: [CatalogueFault] = []
    /// The place of each entry by its id, and the file that each thing came from.
    private var places: [String: Int] = [:]
    private var origins: [String: String] = [:]
    /// Where each entry and word of the user's folder stands, by the name that the catalogue's audit gives it.
    private(set) var ownPlaces: [String: CatalogueAssets.Place] = [:]
    /// The file of the user's folder that each thing came from: what one of them replaced, a later one may not replace.
    private var ownOrigins: [String: String] = [:]

    /// Takes what is right in a file and notes what is wrong. A file of `overrides` may replace what is there.
    mutating func take(_ file: CatalogueFile, isOverride: Bool) {
        let parts = file.name.split(separator: "/", omittingEmptySubsequences: false)
        let isJSON = parts.last?.hasSuffix(".json") == true
        do throws(JSONValue.Flaw) {
            if isJSON, parts.count == 2, parts[0] == "entries" {
                try takeEntries(JSONReader.value(of: file.bytes), file, isOverride)
            } else if isJSON, parts.count == 3, parts[0] == "text", let language = Language(rawValue: String(parts[1]))
            {
                try takeTexts(JSONReader.value(of: file.bytes), parts[2] == "common.json", language, file, isOverride)
            } else {
                faults.append(
                    CatalogueFault(
                        file: file.name,
                        reason: "is neither entries/NAME.json nor text/en/NAME.json nor text/ja/NAME.json"))
            }
        } catch {
            faults.append(CatalogueFault(error, file: file.name))
        }
    }

    private mutating func takeEntries(
        _ value: JSONValue, _ file: CatalogueFile, _ isOverride: Bool
    ) throws(JSONValue.Flaw) {
        let read = try CatalogueEntryFile(value)
        faults += read.flaws.map { CatalogueFault($0, file: file.name) }
        for (entry, line) in read.entries {
            let name = "entry '\(entry.id)'"
            if let place = places[entry.id] {
                guard mayReplace(name, file, isOverride) else {
                    faults.append(twice(name, file, line: line))
                    continue
                }
                entries[place] = entry
            } else {
                places[entry.id] = entries.count
                entries.append(entry)
            }
            remember(name, file, isOverride)
            if isOverride { ownPlaces[entry.id] = .init(file: file.name, line: line) }
        }
    }

    private mutating func takeTexts(
        _ value: JSONValue, _ isCommon: Bool, _ language: Language, _ file: CatalogueFile, _ isOverride: Bool
    ) throws(JSONValue.Flaw) {
        let new = try CatalogueTextFile(value, isCommon: isCommon).texts
        var words = texts[language] ?? CatalogueTexts()
        merge(new.entries, into: &words.entries, "entries", language, file, isOverride)
        merge(new.causes, into: &words.causes, "causes", language, file, isOverride)
        merge(new.next, into: &words.next, "next", language, file, isOverride)
        for (section, rows) in new.common {
            merge(rows, into: &words.common[section, default: [:]], section.name, language, file, isOverride)
        }
        texts[language] = words
    }

    private mutating func merge<Value>(
        _ new: [String: Value], into old: inout [String: Value], _ section: String, _ language: Language,
        _ file: CatalogueFile, _ isOverride: Bool
    ) {
        let prefix = "\(language.rawValue) \(section)."
        old.reserveCapacity(old.count + new.count)
        for (id, value) in new {
            let name = prefix + id
            guard old[id] == nil || mayReplace(name, file, isOverride) else {
                faults.append(twice(name, file))
                continue
            }
            old[id] = value
            remember(name, file, isOverride)
            if isOverride { ownPlaces["\(section).\(id)"] = .init(file: file.name, line: nil) }
        }
    }

    /// Two files of the same folder must not fight for one id: which of them wins would be chance.
    private func mayReplace(_ name: String, _ file: CatalogueFile, _ isOverride: Bool) -> Bool {
        isOverride && ownOrigins[name] == nil
    }

    private mutating func remember(_ name: String, _ file: CatalogueFile, _ isOverride: Bool) {
        if isOverride { ownOrigins[name] = file.name } else { origins[name] = file.name }
    }

    private func twice(_ what: String, _ file: CatalogueFile, line: Int? = nil) -> CatalogueFault {
        let origin = ownOrigins[what] ?? origins[what] ?? file.name
        return CatalogueFault(
            file: file.name, line: line, key: what,
            reason: origin == file.name ? "is there twice" : "is also in \(origin)")
    }
}

extension CatalogueFault {
    init(_ flaw: JSONValue.Flaw, file: String) {
        self.init(file: file, line: flaw.line, key: flaw.path, reason: flaw.reason)
    }
}
