import Assets
import Triage

/// The reply catalogue: what is compiled in, with the user's folder over it.
enum CatalogueChoice {
    /// `$XDG_CONFIG_HOME/porthole/catalogue`.
    static var folder: String? { Folders.configuration.map { $0 + "/catalogue" } }

    /// The catalogue, and what of the user's folder was left out of it: one line each, with file, line, key and reason.
    static func reading() -> (catalogue: ReplyCatalogue, faults: [String]) {
        var reading = CatalogueAssets.load(folder: folder)
        reading.catalogue.interface = InterfaceAssets.words
        return (reading.catalogue, reading.faults.map { "catalogue: \($0)" })
    }
}
