import Assets
import Triage

/// The answers to some rows of the input of `porthole explain`, in their order: what one of several threads does.
struct RowAnswers: Sendable {
    private let catalogue: ReplyCatalogue
    private let language: Language
    /// Of rows that name none.
    private let vendor: String?
    private var output = ExplanationLines()

    init(_ catalogue: ReplyCatalogue, _ language: Language, vendor: String?) {
        (self.catalogue, self.language, self.vendor) = (catalogue, language, vendor)
    }

    /// Answers the rows up to the first that cannot be read.
    /// - Parameter first: the number of the first line in the input.
    /// - Returns: the answers, and why it ended before the last row.
    mutating func answer(
        _ lines: ArraySlice<ArraySlice<UInt8>>, first: Int
    ) -> (bytes: [UInt8], failure: CommandFailure?) {
        for (number, line) in zip(first..., lines) where line.contains(where: { $0 > 32 }) {
            // Replies of old servers are in any character set: what is no UTF-8 is repaired.
            let bytes = line.contains { $0 >= 128 } ? Array(String(decoding: line, as: UTF8.self).utf8) : Array(line)
            do {
                let row = try ReplyRow(bytes, line: number)
                let query = ReplyQuery(
                    reply: row.reply, stage: row.stage, vendor: row.vendor ?? vendor, event: row.event)
                output.add(catalogue.explain(query, in: language), id: row.id)
            } catch {
                return (output.take(), CommandFailure(error.description, .usage))
            }
        }
        return (output.take(), nil)
    }
}
