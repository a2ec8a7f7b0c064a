import DNS
import MailVocabulary
import Synchronization

/// Whom a resolver asks, the first first: servers that were named, or those of a resolv.conf, which is read again when it changes,
/// as after another network was joined.
public final class ServerList: Sendable {
    private struct State {
        var servers: [Endpoint]
        var version: Version?
    }

    /// What tells one version of a file from another.
    private struct Version: Equatable {
        var identity: FileFace.Identity
        var modified: Int64
        var size: UInt64

        init?(of path: String) {
            guard let face = FileFace(path: path) else { return nil }
            (identity, modified, size) = (face.identity, face.modified, face.size)
        }
    }

    private let path: String?
    private let state: Mutex<State>

    private init(path: String?, _ state: State) {
        self.path = path
        self.state = Mutex(state)
    }

    /// These, for good.
    public convenience init(_ server: Endpoint, others: [Endpoint] = []) {
        self.init(path: nil, State(servers: [server] + others.filter { $0 != server }))
    }

    /// Those of the file.
    ///
    /// - Throws: `SystemResolver.Fault`, if the file cannot be read or names no server that can be asked.
    public convenience init(file path: String = "/etc/resolv.conf") throws(SystemResolver.Fault) {
        let version = Version(of: path)
        self.init(path: path, State(servers: try SystemResolver.servers(path: path), version: version))
    }

    /// Those of the system, or else, as resolv.conf(5) has it, a name server on this machine.
    ///
    /// - Returns: the list, and why it is not that of the file.
    public static func system(_ path: String = "/etc/resolv.conf") -> (list: ServerList, fault: SystemResolver.Fault?) {
        do throws(SystemResolver.Fault) {
            return (try ServerList(file: path), nil)
        } catch {
            let state = State(servers: [Endpoint(.loopback, 53)], version: Version(of: path))
            return (ServerList(path: path, state), error)
        }
    }

    /// As of the last look.
    public var servers: [Endpoint] { state.withLock(\.servers) }

    /// Looks whether the file has changed. One that cannot be used leaves all as it was: it may be half written.
    ///
    /// - Returns: whether there are other servers now.
    func look() -> Bool {
        guard let path, let version = Version(of: path), state.withLock({ $0.version }) != version else { return false }
        guard let servers = try? SystemResolver.servers(path: path) else { return false }
        return state.withLock { state in
            let hasChanged = state.servers != servers
            state = State(servers: servers, version: version)
            return hasChanged
        }
    }
}
