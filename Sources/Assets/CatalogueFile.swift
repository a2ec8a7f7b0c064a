import CAssets

/// One file of the reply catalogue: its name below the catalogue's folder, and its bytes.
public struct CatalogueFile: Hashable, Sendable {
    /// `entries/NAME.json` or `text/LANGUAGE/NAME.json`.
    public var name: String
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }

    /// The files compiled into the program, in the order of the table in `CAssets`.
    public static var embedded: [CatalogueFile] { embedded(but: []) }

    /// The files compiled into the program whose names do not begin with one of these.
    static func embedded(but prefixes: [String]) -> [CatalogueFile] {
        var files: [CatalogueFile] = []
        // The table is constant data of the program and ends with a row without a name.
        guard var row = unsafe cassets_catalogue() else { return [] }
        while let name = unsafe row.pointee.name {
            let file = unsafe String(cString: name)
            if !prefixes.contains(where: { file.hasPrefix($0) }) {
                let bytes = unsafe Array(UnsafeBufferPointer(start: row.pointee.bytes, count: row.pointee.count))
                files.append(CatalogueFile(name: file, bytes: bytes))
            }
            unsafe row += 1
        }
        return files
    }
}
