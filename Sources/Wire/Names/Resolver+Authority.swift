import DNS
import MailVocabulary

extension Resolver {
    /// Questions under way at one time at a single authoritative server.
    static let serverWidth = 8

    /// Asks every authoritative server of a domain for the records that mail rests on, all at once.
    ///
    /// - Parameters:
    ///   - purpose: which records; those of a domain unless said otherwise.
    ///   - port: where the servers listen.
    ///   - limit: the time of one attempt at a server; there are two.
    /// - Returns: the examination; unfinished only if the task was cancelled.
    public nonisolated func examineAuthority(
        of domain: DNSName, for purpose: AuthorityExamination.Purpose = .domain, port: Int = 53,
        limit: Duration = .seconds(2)
    ) async -> AuthorityExamination {
        var examination = AuthorityExamination(of: domain, for: purpose, port: port)
        var servers: [Endpoint: Resolver] = [:]
        await withTaskGroup(of: (AuthorityExamination.Query, DNSAnswer).self) { group in
            while !Task.isCancelled {
                for query in examination.takeQueries() {
                    switch query {
                    case .resolver(let question):
                        group.addTask { (query, await self.ask(question)) }
                    case .server(let endpoint, let question):
                        let server =
                            servers[endpoint]
                            ?? Resolver(server: endpoint, limit: limit, recursion: false, width: Self.serverWidth)
                        servers[endpoint] = server
                        group.addTask { (query, await server.ask(question)) }
                    }
                }
                guard let (query, answer) = await group.next() else { break }
                examination.insert(answer, to: query)
            }
        }
        return examination
    }
}
