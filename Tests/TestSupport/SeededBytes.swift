/// A generator that gives the same numbers for the same seed (SplitMix64), so that a failing case can be named by its seed.
public struct SeededBytes: RandomNumberGenerator {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// So many bytes, of which about half are of those that a reply is made of.
    public mutating func bytes(_ count: Int) -> [UInt8] {
        let usual = Array("250-354 \r\n5.1.1#4".utf8)
        return (0..<count).map { _ in
            Bool.random(using: &self)
                ? usual.randomElement(using: &self) ?? 0 : UInt8.random(in: .min ... .max, using: &self)
        }
    }
}
