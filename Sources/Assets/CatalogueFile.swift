import CAssets

/// One file of the reply catalogue: its name below the catalogue's folder, and its bytes.
public struct CatalogueFile: Hashable, Sendable {
    /// `entries/NAME.json` or `text/LANGUAGE/NAME.json`.
    public var name: String
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }

    /// The files compiled into the program, in the order of the table in `CAssets`.
    public static var embedded: [CatalogueFile] {
        var files: [CatalogueFile] = []
        // The table is constant data of the program and ends with a row without a name.
        guard var row = unsafe cassets_catalogue() else { return [] }
        while let name = unsafe row.pointee.name {
            let bytes = unsafe Array(UnsafeBufferPointer(start: row.pointee.bytes, count: row.pointee.count))
            unsafe files.append(CatalogueFile(name: String(cString: name), bytes: bytes))
            unsafe row += 1
        }
        return files
    }
}
