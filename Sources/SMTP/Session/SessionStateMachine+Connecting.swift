import MailVocabulary

/// From the target's name to the connection: what comes before the first byte.
extension SessionStateMachine {
    /// The target's name is being looked up.
    public mutating func started(at now: Duration) -> [SessionAction] {
        do throws(CommandFault) { try plan.check() } catch {
            end(.failed(error.description), during: .resolve, at: now)
            return take()
        }
        phase = .resolving
        began = now
        expect(.resolve, limit: nil, since: now)
        return take()
    }

    /// The name has become addresses, or has not.
    public mutating func resolved(_ resolution: Resolution, took: Duration, at now: Duration) -> [SessionAction] {
        guard phase == .resolving else { return [] }
        if let first = resolution.candidates.first, resolution.failure == nil {
            let addresses = resolution.candidates.flatMap(\.addresses)
            report(
                .resolved(exchangers: resolution.exchangers, host: first.host, addresses: addresses, took: took), now)
            phase = .connecting
        } else {
            end(resolution.failure ?? .notResolved("the name has no address"), during: .resolve, at: now)
        }
        return take()
    }

    /// The target is a socket of the file system: there is no name to look up, and no other address.
    public mutating func connectingToSocket(at now: Duration) -> [SessionAction] {
        guard let path = plan.target.socketPath else { return [] }
        return resolved(Resolution(candidates: [.init(host: path, addresses: [])]), took: .zero, at: now)
            + connecting(host: path, to: nil, at: now)
    }

    /// A command is being started whose standard input and output are the connection.
    public mutating func connecting(toCommand command: String, at now: Duration) -> [SessionAction] {
        resolved(Resolution(candidates: [.init(host: command, addresses: [])]), took: .zero, at: now)
            + connecting(host: command, to: nil, at: now)
    }

    /// The socket of the file system, or the command, is there to be spoken to.
    public mutating func connectedToStream(took: Duration, at now: Duration) -> [SessionAction] {
        connected(local: nil, remote: nil, took: took, at: now)
    }

    /// An address is being tried.
    public mutating func connecting(host: String, to remote: Endpoint?, at now: Duration) -> [SessionAction] {
        guard phase == .connecting else { return [] }
        report(.connecting(host: host, remote), now)
        expect(.connect, limit: nil, since: now)
        return take()
    }

    /// TCP stands. The greeting is awaited, or TLS first.
    public mutating func connected(
        local: Endpoint?, remote: Endpoint?, took: Duration, at now: Duration
    ) -> [SessionAction] {
        guard phase == .connecting else { return [] }
        report(.connected(local: local, remote: remote, took: took), now)
        due = [DueReply(stage: .connect, since: now)]
        if let header = plan.connection.opening {
            actions.append(.send(header.wire))
            report(.note("said first: \(header.line)"), now)
        }
        if plan.dropsBeforeReply == .connect {
            dropIfPlanned(after: .connect, now)
        } else if plan.target.implicitTLS {
            phase = .handshaking
            expect(.startTLS, limit: plan.deadlines.tlsHandshake, since: now)
        } else {
            open(at: now)
        }
        return take()
    }

    /// No address answered. `reason` is the last one's.
    public mutating func failedToConnect(_ reason: CloseReason, at now: Duration) -> [SessionAction] {
        end(reason, during: phase == .resolving ? .resolve : .connect, at: now)
        return take()
    }

    /// A word of the shell for the transcript, such as an address that was skipped.
    public mutating func note(_ words: String, at now: Duration) -> [SessionAction] {
        report(.note(words), now)
        return take()
    }
}
