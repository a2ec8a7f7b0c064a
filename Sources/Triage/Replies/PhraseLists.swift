/// Which lists of phrases a text satisfies, and by how much: every phrase that was found tells the lists that hold it, so
/// that the length of a list costs nothing when it is asked.
struct PhraseLists: Sendable {
    private struct Membership {
        let list: Int32
        let worth: Int32
    }

    /// For each place of the index where its memberships begin; one more place ends the last.
    private let starts: [Int32]
    private let memberships: [Membership]
    private let count: Int

    /// The lists of a catalogue, by their phrases, while it is read.
    struct Register {
        fileprivate private(set) var numbers: [[PhrasePattern]: Int] = [:]

        /// The number of a list; `nil` for an empty one. Lists of the same phrases are one.
        mutating func number(of phrases: [PhrasePattern]) -> Int? {
            guard !phrases.isEmpty else { return nil }
            if let number = numbers[phrases] { return number }
            numbers[phrases] = numbers.count
            return numbers.count - 1
        }
    }

    /// - Parameter worth: what it is worth that a phrase stands in the text; more than 0.
    init(_ register: Register, _ index: PhraseIndex, worth: (PhrasePattern) -> Int) {
        // The last list that a place was filed under: a phrase may stand twice in one.
        var last = [Int](repeating: -1, count: index.patterns.count)
        var filed: [(place: Int, membership: Membership)] = []
        var starts = [Int32](repeating: 0, count: index.patterns.count + 1)
        for (phrases, number) in register.numbers {
            for phrase in phrases {
                guard let place = index.place(of: phrase), last[place] != number else { continue }
                last[place] = number
                filed.append((place, Membership(list: Int32(number), worth: Int32(worth(phrase)))))
                starts[place + 1] += 1
            }
        }
        for place in index.patterns.indices { starts[place + 1] += starts[place] }
        var next = starts
        var memberships = [Membership](repeating: Membership(list: 0, worth: 0), count: filed.count)
        for (place, membership) in filed {
            memberships[Int(next[place])] = membership
            next[place] += 1
        }
        (self.starts, self.memberships) = (starts, memberships)
        count = register.numbers.count
    }

    /// By the number of each list, the worth of its best phrase in the text; 0 when none of them stands there.
    func worths(of finds: PhraseIndex.Finds) -> [Int32] {
        var worths = [Int32](repeating: 0, count: count)
        for place in finds.places {
            for at in Int(starts[place])..<Int(starts[place + 1]) {
                let membership = memberships[at]
                worths[Int(membership.list)] = max(worths[Int(membership.list)], membership.worth)
            }
        }
        return worths
    }
}
