import TestSupport

/// Bytes from a seed (SplitMix64), the same on every machine.
struct RandomBytes: RandomNumberGenerator {
    private var numbers: SeededBytes

    init(seed: UInt64) { numbers = SeededBytes(seed: seed) }

    mutating func next() -> UInt64 { numbers.next() }

    /// Up to `most` bytes, with the beginnings of UTF-8 and of escape sequences far more often than chance gives them.
    mutating func bytes(most: Int) -> [UInt8] {
        let lures: [[UInt8]] = [
            [0x1B], [0x1B, 0x5B], [0x1B, 0x5D], [0x1B, 0x4F], [0x1B, 0x50], [0x9B], [0xE3, 0x81], [0xE3, 0x81, 0x82],
            [0xF0, 0x9F, 0x93, 0xA7], [0xCC, 0x81], [0xE2, 0x80, 0xAE], [0xE2, 0x80, 0x8D], [0xC2, 0x9B], [0x7F],
            [0x00],
            Array("\u{1B}[200~".utf8), Array("\u{1B}[201~".utf8), Array("<0;1;2".utf8), Array("M".utf8),
            [0xED, 0xA0, 0x80],
        ]
        var result: [UInt8] = []
        let count = Int.random(in: 0...most, using: &self)
        while result.count < count {
            if Bool.random(using: &self) {
                result += lures[Int.random(in: 0..<lures.count, using: &self)]
            } else {
                result.append(UInt8.random(in: 0...255, using: &self))
            }
        }
        return result
    }
}
