import NIOCore
import SMTP

/// The files of a message: a piece is read when the connection has taken the one before it.
extension SessionConductor {
    /// Octets after which the loop looks at its sockets, however fast the other side takes them: replies, limits and orders are
    /// heard while a big message goes out.
    private static let stretch = 1 << 20

    func feed() {
        guard let request = wanted, !isFeeding, let channel, channel.isWritable else { return }
        isFeeding = true
        fed += request.count
        let isPause = fed >= Self.stretch
        if isPause { fed = 0 }
        // Tasks that are due all run before the loop looks at its sockets again: this one is not due then.
        loop.assumeIsolated().scheduleTask(in: isPause ? .milliseconds(1) : .zero) { [self] in
            isFeeding = false
            guard wanted == request, !machine.isClosed else { return }
            wanted = nil
            do throws(StoredFileReader.Fault) {
                let reader = try reader(of: request.file)
                perform(machine.content(try reader.read(request), at: now))
            } catch {
                perform(machine.contentFailed(error.words, at: now))
            }
        }
    }

    private func reader(of file: StoredFile) throws(StoredFileReader.Fault) -> StoredFileReader {
        if let contentReader, contentReader.file == file { return contentReader }
        let new = try StoredFileReader(file)
        contentReader = new
        return new
    }
}
