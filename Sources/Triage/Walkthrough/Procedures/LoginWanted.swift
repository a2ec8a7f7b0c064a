import MailVocabulary

extension Procedure {
    /// 530, 550 and 554 on ports that want a login or encryption first.
    public static let login = Procedure(
        id: "login", title: "does this server want a login or TLS first?",
        summary: "what is offered before and after encryption, and whether a login opens the door",
        steps: [
            .serverSaysHello, .serverOffersSTARTTLS, .serverOffersLogin, .senderIsAccepted, .recipientIsAccepted,
            .loginIsAccepted,
        ])
}
