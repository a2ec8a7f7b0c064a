import Canvas

/// What is wrong with a theme or the configuration: which file, where, what, and what would be right.
public struct TOMLFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path or the name it was asked for by, safe to print.
    public let file: String
    /// From 1; `nil` when the file could not be read at all.
    public let line: Int?
    /// From 1, where it is known.
    public let column: Int?
    /// Lower case, without a full stop, safe to print.
    public let problem: String
    /// There is no such file.
    let isAbsence: Bool

    /// The texts may hold what stood in the file; they are made safe here.
    init(file: String, line: Int? = nil, column: Int? = nil, problem: String, isAbsence: Bool = false) {
        self.isAbsence = isAbsence
        self.file = PrintableText(untrusted: file).plain
        (self.line, self.column) = (line, column)
        self.problem = PrintableText(untrusted: problem).plain
    }

    /// `FILE:LINE:COLUMN: problem`, as compilers print it.
    public var description: String {
        ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":") + ": " + problem
    }
}
