import Assets
import Canvas
import Dashboard
import MailVocabulary
import Triage

/// The user's `config.toml`, and how it comes into the dashboard. What the command line says goes before it.
struct Preferences {
    let file: ConfigurationFile?
    /// The names that the command line has decided.
    let given: Set<String>

    /// Reads `$XDG_CONFIG_HOME/porthole/config.toml`.
    init(given: Set<String> = []) {
        file = Folders.preferences.map { ConfigurationFile(path: $0) }
        self.given = given
    }

    /// The value of a key that the command line has not decided.
    subscript(name: String) -> String? { given.contains(name) ? nil : file?[name] }

    /// The logs to follow when the command line names none.
    var logs: [String] { file?.logs ?? [] }

    /// Keys that are used before there is a dashboard.
    private static let early: Set<String> = ["theme", "lang", "resolver"]

    /// Puts everything in, and notes what is wrong.
    /// - Returns: What has to be done.
    func apply(to dashboard: inout Dashboard) -> [Effect] {
        guard let file else { return [] }
        var faults = file.faults
        var effects: [Effect] = []
        for entry in file.entries where !Self.early.contains(entry.name) && !given.contains(entry.name) {
            do throws(PreferenceFault) {
                effects += try dashboard.set(entry.name, to: entry.value)
            } catch {
                faults.append(file.fault(entry, error.phrase.description))
            }
        }
        for entry in file.keys {
            do throws(PreferenceFault) {
                dashboard.settings.keyChanges.append(try KeyChange(key: entry.name, action: entry.value))
            } catch {
                faults.append(file.fault(entry, error.phrase.description))
            }
        }
        if let lang = file["lang"], Language(rawValue: lang) == nil, let entry = entry("lang") {
            faults.append(file.fault(entry, "en or ja"))
        }
        dashboard.configurationPath = file.path
        dashboard.configurationFaults = faults.sorted { ($0.line ?? 0) < ($1.line ?? 0) }.map(\.description)
        dashboard.notice = dashboard.configurationNotice
        return effects
    }

    private func entry(_ name: String) -> ConfigurationFile.Entry? { file?.entries.last { $0.name == name } }

    /// The fault of a key that was used before there was a dashboard.
    func fault(of name: String, _ problem: String) -> String {
        guard let file, let entry = entry(name) else { return problem }
        return file.fault(entry, problem).description
    }
}
