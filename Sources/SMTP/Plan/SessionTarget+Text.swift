import MailVocabulary

extension SessionTarget {
    /// As an operator would type it: parsing gives the same target again.
    public var typed: String {
        let name = IPAddress(name)?.isV6 == true ? "[\(name)]" : name
        let usual = implicitTLS ? 465 : 25
        let port = port == usual ? "" : ":\(port)"
        switch destination {
        case .host where recipient != nil: return (recipient?.description ?? name) + port
        case .host: return (implicitTLS ? "smtps://" : "") + name + port
        case .domain: return (implicitTLS ? "smtps://" : "") + (recipient.map(\.localPart) ?? "") + "@" + name + port
        }
    }
}
