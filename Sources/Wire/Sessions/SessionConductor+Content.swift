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
            guard wanted == request, !machine.isClosed else { return fedUp() }
            let known = contentReader.flatMap { $0.file == request.file ? $0 : nil }
            // A disk of the network may hang: limits, replies and orders of every session on this loop are heard meanwhile.
            BlockingThread.value(for: loop) { StoredFileReader.piece(request, known) }.assumeIsolated()
                .whenSuccess { [self] in take($0, of: request) }
        }
    }

    private func take(_ piece: StoredFileReader.Piece, of request: ContentRequest) {
        guard wanted == request, !machine.isClosed else { return fedUp() }
        (isFeeding, wanted) = (false, nil)
        switch piece {
        case .success(let (reader, bytes)):
            contentReader = reader
            perform(machine.content(bytes, at: now))
        case .failure(let fault): perform(machine.contentFailed(fault.words, at: now))
        }
    }

    /// Another piece is wanted by now, or none.
    private func fedUp() {
        isFeeding = false
        feed()
    }
}
