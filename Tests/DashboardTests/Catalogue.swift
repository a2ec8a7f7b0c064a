import Assets
import Triage

/// The shipped catalogue, read once.
enum Catalogue {
    private static let loaded = Result { () throws -> ReplyCatalogue in try CatalogueAssets.load() }

    static func shared() throws -> ReplyCatalogue { try loaded.get() }
}
