import Assets
import Canvas
import Curses
import Dashboard
import Glibc
import MailVocabulary
import Triage
import Wire

/// What can be found out about the surroundings without a network: for `:checkhealth` and `porthole checkhealth`.
struct Health: Sendable {
    /// The terminal as it was opened; `nil` where none was.
    struct Terminal: Sendable {
        let type: String
        let depth: ColourDepth
        let isUTF8: Bool
    }

    var terminal: Terminal?
    var themeName: String
    /// What is wrong in the configuration, a sentence each.
    var configurationFaults: [String]
    /// The name server to ask; `nil` when the system names none.
    var nameServer: String?

    /// Everything, in the order of the list.
    func facts() -> [HealthFact] {
        var facts: [HealthFact] = []
        if let terminal {
            facts.append(.terminal(terminal.type, asked: Environment["TERM"] ?? ""))
            let count =
                switch terminal.depth {
                case .rgb: 1 << 24
                case .c256: 256
                case .c16: 16
                case .mono: 0
                }
            facts += [
                .colours(count, isRefused: ThemeChoice.wantsNoColour), .characters(isUTF8: terminal.isUTF8),
            ]
        }
        facts += [.link(isRemote: Environment["SSH_CONNECTION"] != nil), .theme(themeName)]
        let path = Folders.preferences ?? ""
        facts += HealthFact.configuration(
            path, isThere: unsafe access(path, F_OK) == 0, faults: configurationFaults)
        facts.append(.sessions(Folders.sessions, problem: Folders.sessions.flatMap(Self.problem)))
        let reading = CatalogueChoice.reading()
        facts += HealthFact.catalogue(entries: reading.catalogue.entries.count, faults: reading.faults)
        facts += HealthFact.libraries(missing: LoadedLibraries.missing())
        facts.append(.nameServer(nameServer))
        return facts
    }

    /// Why nothing could be written below a folder; a folder that is still to be made is judged by the nearest that is there.
    private static func problem(_ folder: String) -> String? {
        var place = folder
        while unsafe access(place, F_OK) != 0, let slash = place.lastIndex(of: "/"), slash != place.startIndex {
            place = String(place[..<slash])
        }
        return unsafe access(place, W_OK) == 0 ? nil : SystemCall.reason
    }
}
