import MailVocabulary

extension Oddity.Kind {
    /// What the deviation is and what it does to other clients, in one or two sentences.
    public var meaning: Phrase {
        switch self {
        case .bareLineFeed:
            "The line ends in LF without CR; RFC 5321 §2.3.8 wants both. Strict clients wait for the CR."
        case .carriageReturnsDoubled:
            "More than one CR stands before the LF: a program wrote a line end that had been written."
        case .noSpaceAfterCode:
            "The text begins right behind the code. RFC 5321 §4.2 wants a blank or a hyphen there; some clients wait for ever."
        case .tabAfterCode:
            "A tab stands behind the code where RFC 5321 §4.2 wants a blank; some clients wait for ever."
        case .codeChangedMidReply:
            "The lines of one reply carry different codes of the same class; RFC 5321 §4.2.1 wants one. The last one counts."
        case .contradictoryCodes:
            "The lines of one reply grant and refuse at once. It is taken for a refusal: other clients believe the last line."
        case .statusContradictsCode:
            "The class of the enhanced status code is not the reply code's first digit, against RFC 2034 §4. The reply code counts."
        case .statusWithHash:
            "The enhanced status code is written as #x.y.z, as some gateways do; it is read all the same."
        case .statusNotNumeric:
            "A letter stands in the enhanced status code where RFC 3463 §2 wants a number: it says nothing."
        case .lineTooLong:
            "The line is longer than the 512 octets of RFC 5321 §4.5.3.1.5; some clients cut or refuse it."
        case .lineCut: "The line was too long to be kept whole; its length was counted."
        case .replyCut: "The reply was too long to be kept whole; lines and octets were counted."
        case .notAReply: "The line does not begin with three digits: it is no reply, and is not taken for one."
        case .controlBytes:
            "Control characters are in the text, against RFC 5321 §4.2: they would have worked on a bare terminal. Those of "
                + "ISO-2022-JP are text, and are shown decoded."
        case .eightBitBytes:
            "Octets outside ASCII are in the text without SMTPUTF8, against RFC 5321 §4.2. In which charset they are is a guess; "
                + "where it is a good one, the text is shown decoded."
        case .unsolicited:
            "Nobody had asked for this reply. It is not taken for the answer to a later command: other clients do that."
        case .bytesAfterStartTLS:
            "Bytes lay behind the 220 to STARTTLS, before TLS: somebody may have put them there (the CVE-2011-0411 class). "
                + "None of them was used."
        case .undefinedCode:
            "RFC 5321 §4.2.1 gives no meaning to codes with this first digit: it is neither yes nor no, and is taken for a refusal."
        case .unexpectedCode: "The code is positive, but does not grant what was asked for; it is taken for a refusal."
        case .maskedBanner:
            "A device between here and the server writes over what it does not know, as the SMTP inspection of firewalls does: "
                + "extensions and STARTTLS may be hidden by it."
        case .lateReply:
            "The reply came when nobody waited for it any more. It belongs to its own command, and not to what was sent later."
        case .wrongProtocol: "Another service answers on this port."
        case .tlsTruncated: "The connection ended without the close_notify of TLS: what came last may have been cut."
        }
    }
}
