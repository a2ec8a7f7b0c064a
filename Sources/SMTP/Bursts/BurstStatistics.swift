import MailVocabulary

/// What a burst has come to, as it grows. Times are nanoseconds since its start.
public struct BurstStatistics: Hashable, Sendable {
    /// The replies of one stage.
    public struct Stage: Hashable, Sendable {
        /// How many replies had each code, in the order in which the codes came.
        public internal(set) var codes: [(code: Int, count: Int)] = []
        public internal(set) var times = ReplyTimes()

        mutating func note(_ code: Int, took: Int) {
            times.note(took)
            // Nearly every reply of a stage has the code of the one before.
            if let place = codes.firstIndex(where: { $0.code == code }) {
                codes[place].count += 1
            } else {
                codes.append((code, 1))
            }
        }

        public static func == (left: Self, right: Self) -> Bool {
            left.times == right.times && left.codes.elementsEqual(right.codes) { $0 == $1 }
        }

        public func hash(into hasher: inout Hasher) { hasher.combine(times) }
    }

    /// A reply that was no yes.
    public struct Refusal: Hashable, Sendable {
        public var stage: SessionStage
        public var code: ReplyCode
        /// The reply's last line, code and all. Outside text.
        public var text: String
        public var at: Int
        /// Which message of the burst it was about, from 1; 0 before the first.
        public var message: Int
    }

    /// What happened in one second of the burst.
    public struct Second: Hashable, Sendable {
        public internal(set) var taken = 0
        /// 4yz.
        public internal(set) var temporary = 0
        /// 5yz.
        public internal(set) var permanent = 0
    }

    /// By stage; a stage without a reply is absent.
    public private(set) var stages: [SessionStage: Stage] = [:]
    public private(set) var seconds: [Second] = []
    /// The first refusal of each stage.
    public private(set) var firstRefusals: [SessionStage: Refusal] = [:]
    /// The first 4yz: when a limit began to bite.
    public private(set) var firstTemporary: Refusal?

    /// Messages begun.
    public internal(set) var begun = 0
    /// The server took responsibility for them.
    public private(set) var taken = 0
    /// Refused with 4yz or 5yz at any stage.
    public private(set) var refused = 0
    /// The connection ended behind the final dot: taken or not, nobody knows.
    public internal(set) var unknown = 0
    /// The connection ended before the final dot.
    public internal(set) var broken = 0

    public internal(set) var connections = 0
    /// How each connection that came to nothing ended, in words, with how many.
    public private(set) var failures: [String: Int] = [:]
    /// From the start to the last reply.
    public private(set) var elapsed = 0

    private static let secondsKept = 86_400

    public init() {}

    /// A whole reply.
    mutating func note(_ stage: SessionStage, _ code: Int, took: Int, at now: Int, message: Int, text: () -> String) {
        stages[stage, default: Stage()].note(code, took: took)
        elapsed = max(elapsed, now)
        guard code >= 400 else { return }
        if code < 500 { second(now) { $0.temporary += 1 } } else { second(now) { $0.permanent += 1 } }
        guard firstRefusals[stage] == nil || firstTemporary == nil && code < 500 else { return }
        let refusal = Refusal(stage: stage, code: ReplyCode(code), text: text(), at: now, message: message)
        if firstRefusals[stage] == nil { firstRefusals[stage] = refusal }
        if firstTemporary == nil, code < 500 { firstTemporary = refusal }
    }

    mutating func take(at now: Int) {
        taken += 1
        second(now) { $0.taken += 1 }
    }

    mutating func refuse() { refused += 1 }

    mutating func fail(_ words: String, at now: Int) {
        failures[words, default: 0] += 1
        elapsed = max(elapsed, now)
    }

    private mutating func second(_ now: Int, _ change: (inout Second) -> Void) {
        let index = min(now / 1_000_000_000, Self.secondsKept - 1)
        while seconds.count <= index { seconds.append(Second()) }
        change(&seconds[index])
    }

    /// Messages that the server took, a second; 0 before anything was measured.
    public var rate: Double { elapsed > 0 ? Double(taken) / (Double(elapsed) / 1e9) : 0 }
}
