import Canvas
import MailVocabulary
import SMTP

/// The burst: many messages for load and rate-limit questions on one's own gateway.
extension Dashboard {
    /// `M`: shows the burst that is under way or was the last; begins one when there is none of these settings.
    mutating func openBurst() -> [Effect] {
        guard let plan = settings.plan.map(settings.burst.plan) else {
            notice = Notice("no server yet: type one", .bad)
            prompt = .options(OptionsForm(settings))
            return []
        }
        if let burst, burst.isUnderWay || burst.plan == plan && burst.phase == .done {
            prompt = .burst(ListView())
            return []
        }
        return askBurst(plan)
    }

    /// Looks up where it would go, which is asked before anything is sent.
    private mutating func askBurst(_ plan: BurstPlan) -> [Effect] {
        if settings.isReadOnly {
            notice = Notice("read-only: started with --readonly, so nothing is ever sent", .bad)
            return []
        }
        guard plan.session.message.sources.isEmpty else {
            notice = Notice("a burst sends the test message: leave the files of the message empty", .bad)
            return []
        }
        if let obstacle = plan.obstacle {
            notice = Notice(obstacle, .bad)
            return []
        }
        let new = Burst(number: (burst?.number ?? 0) + 1, plan: plan)
        burst = new
        prompt = .burst(ListView())
        notice = Notice("nothing is sent yet: looking up where it would go")
        return [.locate(burst: new.number, plan.session)]
    }

    mutating func took(_ event: BurstEvent, ofBurst number: Int) {
        guard let burst, burst.number == number else { return }
        switch event {
        case .located(let resolution):
            guard burst.phase == .locating else { return }
            self.burst?.resolution = resolution
            self.burst?.phase = .asking
            if case .burst = prompt { confirmBurst() }
        case .failed(let sentence):
            self.burst?.phase = .failed(sentence)
            notice = Notice(sentence, .bad)
        case .advanced(let statistics): self.burst?.statistics = statistics
        case .ended(let statistics):
            self.burst?.statistics = statistics
            self.burst?.phase = .done
            notice = Notice(
                "the burst is over: \(statistics.taken) of \(burst.plan.messages) messages were taken",
                statistics.taken == burst.plan.messages ? .good : .bad)
        }
    }

    /// A burst that leaves loopback and the private ranges wants the host's name; any other a capital S.
    private mutating func confirmBurst() {
        guard let burst else { return }
        notice = nil
        prompt =
            burst.foreignAddress == nil
            ? .confirmBurst(armedAt: now + .milliseconds(300)) : .confirmName(LineEditor(), .burst)
    }

    mutating func startBurst(with secrets: SessionSecrets) -> [Effect] {
        guard let burst, burst.phase == .asking else { return [] }
        self.burst?.phase = .running
        prompt = .burst(ListView())
        return [.burst(number: burst.number, burst.plan, burst.resolution, secrets)]
    }

    mutating func pressed(_ key: Key, confirmBurstFrom armedAt: Duration) -> [Effect] {
        switch key {
        case .character("S"):
            guard now >= armedAt else { return [] }
            prompt = nil
            return begin(.burst)
        case .escape, .character("q"), .character("n"), .control("c"):
            prompt = nil
            notice = Notice("nothing was sent")
        case _: break
        }
        return []
    }

    mutating func pressed(_ key: Key, burst old: ListView) -> [Effect] {
        var view = old
        guard let burst else {
            prompt = nil
            return []
        }
        let rows = burstRows(burst).count
        if view.take(key, count: rows, page: sheet.inset.height, total: rows) {
            view.show(view.cursor, view.cursor, page: sheet.inset.height)
            prompt = .burst(view)
            return []
        }
        switch key {
        case .control("c") where burst.phase == .running:
            self.burst?.phase = .stopping
            notice = Notice("no message is begun any more; Ctrl-C again drops the connections")
            return [.endBurst(abruptly: false)]
        case .control("c") where burst.phase == .stopping: return [.endBurst(abruptly: true)]
        case .escape, .character("M"), .character("q"), .control("c"):
            prompt = nil
            if burst.isUnderWay { notice = Notice("the burst goes on: M comes back to it") }
        case .character("r") where !burst.isUnderWay:
            return settings.plan.map { askBurst(settings.burst.plan($0)) } ?? []
        case .enter where burst.phase == .asking: confirmBurst()
        case .character("e") where !burst.isUnderWay: prompt = .options(OptionsForm(settings, on: .burst))
        case .character("?"): notice = Notice("Ctrl-C stops it, r begins another, e changes it, Esc closes")
        case _: break
        }
        return []
    }
}
