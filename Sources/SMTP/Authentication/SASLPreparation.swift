/// SASLprep, RFC 4013, for the texts that it leaves as they are, or nearly: the rest is refused with a sentence.
///
/// The full profile needs Unicode's compatibility decomposition. Letters that it would change, and marks that it would join with
/// their letters, are not prepared here but named, so that a password is never sent in a form that nobody meant.
enum SASLPreparation {
    /// - Parameters:
    ///   - bytes: UTF-8.
    ///   - name: For the sentence.
    static func prepared(_ bytes: [UInt8], _ name: String) throws(SASLExchange.Fault) -> [UInt8] {
        if bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) { return bytes }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .init(words: "\(name) is not in UTF-8, and SCRAM wants that")
        }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            // RFC 3454 tables C.1.2 and B.1.
            if scalar.value >= 0x80, scalar.properties.generalCategory == .spaceSeparator {
                result.append(" ")
            } else if !isDropped(scalar) {
                guard isStable(scalar) else {
                    throw .init(
                        words:
                            "\(name) has a character that SASLprep (RFC 4013) forbids or would change, and SCRAM needs it "
                            + "unchanged; another mechanism takes it as it is")
                }
                result.append(scalar)
            }
        }
        return Array(String(result).utf8)
    }

    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x34F, 0x1806, 0x180B...0x180D, 0x200B...0x200D, 0x2060, 0xFE00...0xFE0F, 0xFEFF: true
        default: false
        }
    }

    private static func isStable(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        switch scalar.value {
        case 0x20..<0x7F: return true
        // Scripts from right to left have rules for the whole text, RFC 3454 §6; conjoining jamo become syllables.
        case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF, 0x1100...0x11FF:
            return false
        default: break
        }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .nonspacingMark, .spacingMark, .enclosingMark, .spaceSeparator:
            return false
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol,
            .otherSymbol:
            break
        @unknown default: return false
        }
        guard properties.canonicalCombiningClass == .notReordered else { return false }
        // What case folding with NFKC leaves alone, NFKC alone does; of a capital its small letter tells.
        if !properties.changesWhenNFKCCaseFolded { return true }
        let small = properties.lowercaseMapping.unicodeScalars
        guard properties.isUppercase, small.count == 1, let letter = small.first, letter != scalar else { return false }
        return !letter.properties.changesWhenNFKCCaseFolded
    }
}
