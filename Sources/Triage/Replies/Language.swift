/// The languages of the catalogue.
public enum Language: String, Hashable, Sendable, CaseIterable {
    case english = "en"
    case japanese = "ja"
}
