import DNS
import MailVocabulary

/// The name server that the system is told to use, resolv.conf(5).
public enum SystemResolver {
    /// Why there is none.
    public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// One lower-case sentence with the remedy.
        public var description: String
    }

    /// Servers that are used, MAXNS of resolv.conf(5).
    static let limit = 3

    /// The first `nameserver` line, port 53.
    ///
    /// - Throws: `Fault`, if the file cannot be read or names no server that can be asked.
    public static func server(path: String = "/etc/resolv.conf") throws(Fault) -> Endpoint {
        try servers(path: path)[0]
    }

    /// The first three `nameserver` lines, port 53; at least one.
    ///
    /// - Throws: `Fault`, if the file cannot be read or names no server that can be asked.
    public static func servers(path: String = "/etc/resolv.conf") throws(Fault) -> [Endpoint] {
        do {
            return try servers(in: try SystemFile.text(path), path: path)
        } catch let fault as SystemFileFault {
            throw Fault(description: "\(fault); name a server with --resolver")
        } catch let fault as Fault {
            throw fault
        } catch {
            throw Fault(description: "\(error)")
        }
    }

    static func server(in text: String, path: String) throws(Fault) -> Endpoint {
        try servers(in: text, path: path)[0]
    }

    static func servers(in text: String, path: String) throws(Fault) -> [Endpoint] {
        var servers: [Endpoint] = []
        var unusable: Substring?
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            guard words.count > 1, words[0] == "nameserver" else { continue }
            if let address = IPAddress(words[1]) {
                servers.append(Endpoint(address, 53))
                continue
            }
            unusable = unusable ?? words[1]
        }
        guard servers.isEmpty else { return Array(servers.prefix(limit)) }
        if let unusable {
            throw Fault(description: "\(path) names the server \(unusable), which is no plain address; use --resolver")
        }
        throw Fault(description: "\(path) names no name server; name one with --resolver")
    }
}
