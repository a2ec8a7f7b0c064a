import Assets
import Triage

/// The reply catalogue: what is compiled in, with the user's folder over it.
enum CatalogueChoice {
    /// `$XDG_CONFIG_HOME/porthole/catalogue`.
    static var folder: String? { Folders.configuration.map { $0 + "/catalogue" } }

    /// The catalogue, and what of the user's folder was left out of it: one line each, with file, line, key and reason.
    ///
    /// - Parameters:
    ///   - language: the only one that will be spoken, as in a command that answers once; it saves half of the work.
    ///   - isForMany: whether a great many replies will be explained.
    static func reading(
        for language: Language, isForMany: Bool = false
    ) -> (catalogue: ReplyCatalogue, faults: [String]) {
        let reading = CatalogueAssets.load(folder: folder, speaking: [language], isForMany: isForMany)
        return (reading.catalogue, reading.faults.map { "catalogue: \($0)" })
    }

    /// The catalogue in all languages, with the interface's own words; and what was left out of it, as above.
    static func reading() -> (catalogue: ReplyCatalogue, faults: [String]) {
        var reading = CatalogueAssets.load(folder: folder)
        reading.catalogue.interface = InterfaceAssets.words
        return (reading.catalogue, reading.faults.map { "catalogue: \($0)" })
    }
}
