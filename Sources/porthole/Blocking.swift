import Dispatch
import Synchronization

/// Waits on the main thread for work that is asynchronous: only at the program's edges, before or without a screen.
enum Blocking {
    static func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
        let result = Mutex<Result<Value, any Error>?>(nil)
        let done = DispatchSemaphore(value: 0)
        let box = Box(result: result)
        Task { @concurrent in
            let outcome: Result<Value, any Error>
            do { outcome = .success(try await work()) } catch { outcome = .failure(error) }
            box.result.withLock { $0 = outcome }
            done.signal()
        }
        done.wait()
        guard let outcome = box.result.withLock({ $0 }) else { preconditionFailure("signalled without a result") }
        return try outcome.get()
    }

    private final class Box<Value: Sendable>: Sendable {
        let result: Mutex<Result<Value, any Error>?>

        init(result: consuming Mutex<Result<Value, any Error>?>) { self.result = result }
    }
}
