extension KeyDecoder {
    /// The meaning of ESC O and a byte (SS3), which keypads send in application mode.
    static func key(singleShift byte: UInt8) -> Key? {
        switch byte {
        case UInt8(ascii: "M"): .enter
        case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(byte) - 0x4F)
        case _: direction(byte)
        }
    }

    /// The meaning of a control sequence. Shift, Alt and Ctrl on arrows and editing keys make no difference here.
    static func key(sequence parameters: [UInt8], final: UInt8) -> Key? {
        if parameters.first == UInt8(ascii: "<") { return mouse(parameters.dropFirst(), final: final) }
        // `?`, `>` and `=` begin the terminal's answers, never a key.
        guard !parameters.contains(where: { (0x20...0x2F).contains($0) || (0x3C...0x3F).contains($0) }) else {
            return nil
        }
        let numbers = numbers(in: parameters[...])
        switch final {
        case UInt8(ascii: "Z"): return .backTab
        case UInt8(ascii: "I"): return parameters.isEmpty ? .focusGained : nil
        case UInt8(ascii: "O"): return parameters.isEmpty ? .focusLost : nil
        // With one parameter more these are answers about the cursor (CSI row;column R).
        case UInt8(ascii: "P"), UInt8(ascii: "Q"), UInt8(ascii: "S"):
            return numbers.first == 1 || parameters.isEmpty ? .function(Int(final) - 0x4F) : nil
        case UInt8(ascii: "~"): return editing(numbers.first ?? 0)
        case UInt8(ascii: "u"): return codePoint(numbers)
        case _: return direction(final)
        }
    }

    private static func direction(_ final: UInt8) -> Key? {
        switch final {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "F"): .end
        case _: nil
        }
    }

    /// CSI number ~, the keys of the VT220 and rxvt.
    private static func editing(_ number: Int) -> Key? {
        switch number {
        case 1, 7: .home
        case 2: .insert
        case 3: .delete
        case 4, 8: .end
        case 5: .pageUp
        case 6: .pageDown
        case 11...15: .function(number - 10)
        case 17...21: .function(number - 11)
        case 23...24: .function(number - 12)
        case _: nil
        }
    }

    /// CSI code ; modifiers u, from terminals that name keys by their code point. Modifiers are 1 + a set of bits.
    private static func codePoint(_ numbers: [Int]) -> Key? {
        guard let code = numbers.first, code > 0, code < 0x11_0000,
            let scalar = Unicode.Scalar(UInt32(code))
        else { return nil }
        let modifiers = max(0, (numbers.count > 1 ? numbers[1] : 1) - 1)
        switch code {
        case 9: return modifiers & 1 != 0 ? .backTab : .tab
        case 13: return .enter
        case 27: return .escape
        case 127: return .backspace
        case 0x20..<0x7F where modifiers & 4 != 0: return .control(scalar)
        case 0x20..<0x7F where modifiers & 2 != 0: return .alt(scalar)
        case 0x20..<0x7F: return .character(scalar)
        case _: return nil
        }
    }

    /// CSI < button ; column ; row M or m (mode 1006); cells count from 0.
    private static func mouse(_ parameters: ArraySlice<UInt8>, final: UInt8) -> Key? {
        let numbers = numbers(in: parameters)
        guard final == UInt8(ascii: "M") || final == UInt8(ascii: "m"), numbers.count == 3, numbers[1] > 0,
            numbers[2] > 0
        else { return nil }
        return .mouse(
            button: numbers[0], column: numbers[1] - 1, row: numbers[2] - 1, isPressed: final == UInt8(ascii: "M"))
    }

    /// The parameters; an empty one is 0, what stands behind a colon is left out, and none grows without bound.
    private static func numbers(in parameters: ArraySlice<UInt8>) -> [Int] {
        parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { field in
            var number = 0
            for byte in field {
                guard (0x30...0x39).contains(byte) else { break }
                number = min(number * 10 + Int(byte - 0x30), 0x11_0000)
            }
            return number
        }
    }
}
