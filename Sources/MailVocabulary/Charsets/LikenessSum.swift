/// The mean of what the characters of a text weigh, each as often as it has bytes.
struct LikenessSum {
    private var sum = 0
    private var bytes = 0
    private var isBroken = false

    /// - Parameter weight: 0 to 100.
    mutating func add(_ weight: Int, bytes count: Int = 1) {
        sum += weight * count
        bytes += count
    }

    /// The text cannot be of the charset.
    mutating func fail() { isBroken = true }

    /// 0 to 100; `nil` after `fail`, or without anything that was weighed.
    var likeness: Int? { isBroken || bytes == 0 ? nil : sum / bytes }
}
