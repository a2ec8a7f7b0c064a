import FoundationEssentials
import Glibc

/// A user's folder of entries and words, in the places of the catalogue's own: `entries/NAME.json`,
/// `text/en/NAME.json`, `text/ja/NAME.json`.
enum CatalogueFolder {
    /// More than any catalogue needs; it keeps a wrong path from filling the memory.
    private static let mostBytes = 8 << 20
    private static let places = ["entries", "text/en", "text/ja"]

    /// The files, in the order of their names, and what could not be read. A folder that is not there has no files.
    static func files(in folder: String) -> (files: [CatalogueFile], faults: [CatalogueFault]) {
        let isThere = unsafe access(folder, F_OK) == 0
        guard isThere else { return ([], []) }
        var files: [CatalogueFile] = []
        var faults: [CatalogueFault] = []
        for name in names(in: folder, "", &faults) where !["entries", "text"].contains(name) {
            faults.append(stray(name))
        }
        for name in names(in: folder, "text", &faults) where !["en", "ja"].contains(name) {
            faults.append(stray("text/\(name)"))
        }
        for place in places {
            for name in names(in: folder, place, &faults) {
                let name = "\(place)/\(name)"
                guard name.hasSuffix(".json") else {
                    faults.append(stray(name))
                    continue
                }
                do throws(CatalogueFault) {
                    files.append(CatalogueFile(name: name, bytes: try read("\(folder)/\(name)", as: name)))
                } catch {
                    faults.append(error)
                }
            }
        }
        return (files, faults)
    }

    /// What an editor or a writer leaves beside the files is no fault.
    private static func isOurs(_ name: String) -> Bool {
        !name.hasPrefix(".") && !name.hasSuffix("~") && !name.hasSuffix(".md")
    }

    private static func stray(_ name: String) -> CatalogueFault {
        CatalogueFault(
            file: name, reason: "is not read: the places are entries/NAME.json, text/en/NAME.json, text/ja/NAME.json")
    }

    private static func names(in folder: String, _ place: String, _ faults: inout [CatalogueFault]) -> [String] {
        let path = place.isEmpty ? folder : "\(folder)/\(place)"
        // A folder may hold words alone, or entries alone.
        let isThere = unsafe access(path, F_OK) == 0
        guard isThere || place.isEmpty else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).filter(isOurs).sorted()
        } catch {
            faults.append(CatalogueFault(file: place.isEmpty ? folder : place, reason: "is no folder that can be read"))
            return []
        }
    }

    private static func read(_ path: String, as name: String) throws(CatalogueFault) -> [UInt8] {
        // Not blocking, for the path may be a FIFO that nobody writes to.
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw cannotRead(name) }
        defer { close(file) }
        var facts = stat()
        guard unsafe fstat(file, &facts) == 0 else { throw cannotRead(name) }
        guard facts.st_mode & S_IFMT == S_IFREG else { throw CatalogueFault(file: name, reason: "is not a file") }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe part.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw cannotRead(name) }
            if count == 0 { return bytes }
            bytes += part.prefix(count)
            guard bytes.count <= mostBytes else {
                throw CatalogueFault(file: name, reason: "is larger than \(mostBytes >> 20) MiB")
            }
        }
    }

    private static func cannotRead(_ name: String) -> CatalogueFault {
        CatalogueFault(file: name, reason: "cannot read it: \(unsafe String(cString: strerror(errno)))")
    }
}
