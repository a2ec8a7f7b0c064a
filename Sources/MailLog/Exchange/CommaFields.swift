/// The fields of one line of comma-separated values as Exchange writes them (RFC 4180): places in the line, quotes left off.
///
/// A quote inside a quoted field stands twice and stays so: fields are places, not copies.
struct CommaFields {
    /// More fields than any version of any of these logs has.
    private static let most = 64

    private var places: [Range<Int>] = []

    init(_ line: Span<UInt8>, from start: Int) {
        var index = start
        while places.count < CommaFields.most {
            let end: Int
            if line.has("\"", at: index) {
                let close = CommaFields.closing(line, index + 1)
                places.append((index + 1)..<close)
                end = line.index(of: 0x2C, from: close) ?? line.count
            } else {
                end = line.index(of: 0x2C, from: min(index, line.count)) ?? line.count
                places.append(min(index, end)..<end)
            }
            guard end < line.count else { return }
            index = end + 1
        }
    }

    var count: Int { places.count }

    /// The field's place; empty when the line has fewer fields.
    subscript(number: Int) -> Range<Int> { places.indices.contains(number) ? places[number] : 0..<0 }

    /// The place of the quote that ends the field; the end of the line when there is none.
    private static func closing(_ line: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while let quote = line.index(of: 0x22, from: index) {
            if !line.has("\"", at: quote + 1) { return quote }
            index = quote + 2
        }
        return line.count
    }
}
