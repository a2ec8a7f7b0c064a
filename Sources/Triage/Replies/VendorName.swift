/// The one spelling of a vendor's name that entries and queries share.
public enum VendorName {
    /// `exchange` and `outlook` are `microsoft`, `gmail` is `google`, `esa` is `cisco-esa`; other names in lower case.
    public static func canonical(_ name: String) -> String {
        let name = name.lowercased()
        return aliases[name] ?? name
    }

    private static let aliases = [
        "exchange": "microsoft", "exchange-online": "microsoft", "outlook": "microsoft", "office365": "microsoft",
        "gmail": "google", "esa": "cisco-esa", "cisco": "cisco-esa", "ironport": "cisco-esa", "au": "kddi",
        "icloud": "apple",
    ]
}
