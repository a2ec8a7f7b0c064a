import Glibc
import NIOCore

/// A thread of its own for work that waits in the kernel: the threads of Swift tasks are few and must not wait.
///
/// Work that a task of low priority begins gives way to all other threads, so that a key is answered while a log is read.
public enum BlockingThread {
    private final class Work: Sendable {
        let body: @Sendable () -> Void
        let givesWay = [.utility, .background].contains(Task.basePriority)
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }

        func begin() {
            // On Linux 0 is the calling thread; that it cannot give way changes nothing but its pace.
            if givesWay { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10) }
            body()
        }
    }

    /// Does the work on such a thread, and waits for what it gives without keeping any.
    public static func value<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in run { continuation.resume(returning: body()) } }
    }

    /// Does the work on such a thread while `loop` goes on, and brings there what it gives.
    static func value<Value: Sendable>(
        for loop: any EventLoop, _ body: @escaping @Sendable () -> Value
    ) -> EventLoopFuture<Value> {
        let promise = loop.makePromise(of: Value.self)
        run { promise.succeed(body()) }
        return promise.futureResult
    }

    /// Begins the work on a thread of its own.
    public static func run(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let work = unsafe Unmanaged.passRetained(Work(body)).toOpaque()
        let made = unsafe pthread_create(
            &thread, nil,
            { argument in
                if let argument = unsafe argument {
                    unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().begin()
                }
                return nil
            }, work)
        if made == 0 {
            pthread_detach(thread)
        } else {
            // No thread is left in this system; a task is better than nothing.
            let body = unsafe Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body
            Task.detached { body() }
        }
    }
}
