import Triage

/// Reads the reply catalogue from its JSON files.
///
/// Strict, because its writers are people: an unknown key, a misspelt class or an id that comes twice is a fault with
/// file, line and key, never a row that silently does nothing.
public enum CatalogueAssets {
    /// A catalogue, and what was left out of it because it was wrong.
    public struct Reading: Sendable {
        public var catalogue: ReplyCatalogue
        public var faults: [CatalogueFault]
        /// Where the entries and words of the user's folder stand.
        var ownPlaces: [String: Place] = [:]
    }

    /// Where something of the user's folder stands.
    struct Place: Hashable, Sendable {
        var file: String
        var line: Int?
    }

    /// The catalogue that is compiled into the program.
    ///
    /// - Throws: `CatalogueFault`; never for an unchanged program, whose tests load it.
    public static func load() throws(CatalogueFault) -> ReplyCatalogue { try catalogue(of: CatalogueFile.embedded) }

    /// The catalogue compiled in, with the files of a user's folder over it: they may add entries and words and replace
    /// them by id. What is wrong in them is left out and told.
    ///
    /// - Parameters:
    ///   - folder: `$XDG_CONFIG_HOME/porthole/catalogue`; `nil` or a folder that is not there changes nothing.
    ///   - languages: those that will be spoken. The words of others are not read, those of the user's folder apart.
    ///   - isForMany: whether so many replies will be explained that it is worth the time to make all sentences ready.
    public static func load(
        folder: String?, speaking languages: [Language] = Language.allCases, isForMany: Bool = false
    ) -> Reading {
        let others = Language.allCases.filter { !languages.contains($0) }.map { "text/\($0.rawValue)/" }
        let embedded = CatalogueFile.embedded(but: others)
        let ready = isForMany ? languages : []
        guard let folder else { return reading(of: embedded, readying: ready) }
        let (files, unread) = CatalogueFolder.files(in: folder)
        var reading = reading(of: embedded, overrides: files, readying: ready)
        reading.faults = unread + reading.faults
        return reading
    }

    /// The catalogue of these files.
    ///
    /// - Throws: the first fault.
    public static func catalogue(of files: [CatalogueFile]) throws(CatalogueFault) -> ReplyCatalogue {
        let reading = reading(of: files)
        if let fault = reading.faults.first { throw fault }
        return reading.catalogue
    }

    /// What is right in these files; `overrides`, read after them, may add entries and words and replace them by id.
    public static func reading(
        of files: [CatalogueFile], overrides: [CatalogueFile] = [], readying languages: [Language] = []
    ) -> Reading {
        var gathered = GatheredCatalogue()
        for file in files { gathered.take(file, isOverride: false) }
        for file in overrides { gathered.take(file, isOverride: true) }
        var catalogue = ReplyCatalogue(entries: gathered.entries, texts: gathered.texts, readying: languages)
        catalogue.weights = { WeightAssets.words }
        return Reading(catalogue: catalogue, faults: gathered.faults, ownPlaces: gathered.ownPlaces)
    }

    /// Everything that is wrong with a user's folder: what cannot be read, entries that nothing can reach, words that
    /// are missing, and tests that another entry answers. Empty when all is well.
    public static func faults(ofFolder folder: String) -> [CatalogueFault] {
        let reading = load(folder: folder)
        let flaws = reading.catalogue.problems(of: Set(reading.ownPlaces.keys))
        return reading.faults
            + flaws.map { flaw in
                let place = reading.ownPlaces[flaw.name]
                return CatalogueFault(
                    file: place?.file ?? "the catalogue", line: place?.line, key: flaw.name, reason: flaw.reason)
            }
    }
}
