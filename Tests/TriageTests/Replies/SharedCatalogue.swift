import Assets
import Triage

/// The catalogue that is compiled in, read once for all tests.
enum SharedCatalogue {
    private static let loaded = Result { try CatalogueAssets.load() }

    static func get() throws -> ReplyCatalogue { try loaded.get() }
}
