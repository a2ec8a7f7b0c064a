import DNS
import MailVocabulary

/// The authoritative servers of a domain, with what each one says.
struct AuthorityJSON: Encodable {
    struct Server: Encodable {
        let name: String
        let address: String
        let answers: [ExaminationJSON.Answer]
    }

    let zone: String?
    let servers: [Server]

    init(_ authority: AuthorityExamination) {
        zone = authority.zone?.description
        servers = authority.servers.map { server in
            Server(
                name: server.name.description, address: server.endpoint.description,
                answers: authority.questions.compactMap { question in
                    authority.answer(of: server, to: question).map(ExaminationJSON.Answer.init)
                })
        }
    }
}
