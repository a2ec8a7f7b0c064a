import DNS
import MailVocabulary
import Wire

/// What `porthole check` is to examine, read from its arguments.
struct CheckSubjects {
    /// The domain or address first, then the source address, the sender, and the block lists.
    let all: [DNSSubject]
    /// The domain, if the subject is one.
    let domain: DNSName?
    /// The domain as typed, where the DNS spells it otherwise.
    let international: String?

    /// - Throws: `CommandFailure`, exit code 64, with what is wrong.
    init(
        _ subject: String, source: String?, sender: String?, helo: String? = nil, lists: [String],
        selectors: [String] = [],
        guessesSelectors: Bool = false
    ) throws {
        var subjects: [DNSSubject] = []
        if let address = IPAddress(subject) {
            (domain, international) = (nil, nil)
            subjects.append(.address(address, role: .target))
        } else {
            let name = try Self.domain(subject)
            domain = name
            international = subject.utf8.allSatisfy { $0 < 0x80 } ? nil : subject
            subjects.append(.domain(name))
        }
        // An address with a sender is the address from which that sender's mail comes.
        let source = source ?? (domain == nil && sender != nil ? subject : nil)
        if let source {
            guard let address = IPAddress(source) else {
                throw CommandFailure("--source wants an IP address: \"\(source)\" is none", .usage)
            }
            if source == subject { subjects = [] }
            subjects.append(.address(address, role: .source))
            subjects.append(.sender(try Self.sender(address, sender, domain, helo)))
        } else if sender != nil {
            throw CommandFailure("--sender needs --source: SPF is about an address", .usage)
        }
        if !lists.isEmpty {
            let zones = try lists.map(Self.domain)
            guard let address = source.flatMap({ IPAddress($0) }) ?? IPAddress(subject) else {
                throw CommandFailure("--dnsbl needs an address: give one, or --source with a domain", .usage)
            }
            subjects.append(.listing(address, on: zones))
        }
        let known = try selectors.map { text in
            guard let name = DNSName(text), name != .root else {
                throw CommandFailure("--selector wants the s= of a DKIM-Signature: \"\(text)\" is none", .usage)
            }
            return DKIMSelector(name, .known)
        }
        if guessesSelectors || !known.isEmpty {
            guard let domain else {
                throw CommandFailure("--dkim and --selector want a domain: an address has no DKIM keys", .usage)
            }
            let guesses = guessesSelectors ? DKIMSelector.common : []
            let more = guesses.filter { guess in !known.contains { $0.name == guess.name } }
            subjects.append(.signer(domain, selectors: known + more))
        }
        all = subjects
    }

    private static func sender(
        _ address: IPAddress, _ text: String?, _ domain: DNSName?, _ helo: String?
    ) throws -> SPFSender {
        guard let text else {
            guard let domain else {
                throw CommandFailure("--source with an address needs --sender: whose mail is it?", .usage)
            }
            return SPFSender(source: address, domain: domain, helloName: helo)
        }
        guard let mailbox = Mailbox(text) else {
            throw CommandFailure("--sender wants USER@DOMAIN: \"\(text)\" is none", .usage)
        }
        return SPFSender(
            source: address, domain: try self.domain(mailbox.domain), localPart: mailbox.localPart, helloName: helo)
    }

    /// A domain as it was typed.
    static func domain(_ text: String) throws -> DNSName {
        do {
            let name = try DNSName(reading: try InternationalName.ascii(text))
            guard name != .root else { throw CommandFailure("give a domain or an address", .usage) }
            return name
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure("\"\(text)\" \(error)", .usage)
        }
    }
}
