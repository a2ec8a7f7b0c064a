extension Redaction {
    /// Whether a line being typed carries a secret: an AUTH with an initial response, RFC 4954 §4.
    public static func hasSecret(_ line: String) -> Bool {
        CommandText.stage(of: line) == .authenticate && line.split(separator: " ").count > 2
    }

    /// The line as it may stand on the screen while it is typed: the secret part by a mark that does not tell its length.
    ///
    /// - Parameter isSecret: The whole line is a secret: it answers a 334.
    public static func shown(_ line: String, isSecret: Bool) -> String {
        if isSecret { return line.isEmpty ? "" : mark }
        guard hasSecret(line) else { return line }
        let words = line.split(separator: " ")
        return "\(words[0]) \(words[1]) \(mark)"
    }
}
