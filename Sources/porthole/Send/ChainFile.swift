import Glibc
import SMTP

/// `--tls-save-chain FILE`: the certificates of the server, as it sent them.
struct ChainFile {
    private let path: String

    /// - Throws: `CommandFailure` for a file that is there already, or could not be made: before anybody is spoken to.
    init(_ path: String) throws {
        self.path = path
        if unsafe access(path, F_OK) == 0 {
            throw CommandFailure(
                "--tls-save-chain: cannot write \(path): it is there already; give another name", .cannotWrite)
        }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "."
        if unsafe access(String(folder), W_OK) != 0 {
            throw CommandFailure("--tls-save-chain: cannot write \(path): \(SystemCall.reason)", .cannotWrite)
        }
    }

    /// Writes what there is. Without TLS nothing is written, and the error stream says so.
    ///
    /// - Returns: Whether there was something to keep.
    func keep(_ facts: TLSFacts?) throws -> Bool {
        guard let text = facts?.pem else {
            Output.complain("\(path) is not written: the server showed no certificate")
            return false
        }
        do { try NewFile.write(text, to: path) } catch {
            throw CommandFailure("--tls-save-chain: \(error)", .cannotWrite)
        }
        return true
    }
}

extension TLSOptions {
    /// Where the server's certificates are to go; `nil` where nobody wants them.
    ///
    /// - Throws: `CommandFailure`: one sentence.
    func chainFile(for plan: SessionPlan) throws -> ChainFile? {
        guard let path = tlsSaveChain else { return nil }
        if path.isEmpty { throw CommandFailure("--tls-save-chain wants a file", .usage) }
        if plan.tls == .never, !plan.target.implicitTLS {
            throw CommandFailure("--tls-save-chain needs TLS: leave --tls never away", .usage)
        }
        return try ChainFile(path)
    }
}
