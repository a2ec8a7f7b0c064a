import Dispatch

/// Calls on a queue as long as a descriptor has something to read.
///
/// Unchecked because the overlay of libdispatch does not say that its sources may be used from any thread; they may.
final class ReadSource: @unchecked Sendable {
    private let source: any DispatchSourceRead

    /// - Parameters:
    ///   - owner: What the descriptor belongs to: it lives until nothing can be called any more.
    ///   - ready: Called on the queue.
    init(_ descriptor: Int32, on queue: DispatchQueue, of owner: some Sendable, ready: @escaping @Sendable () -> Void) {
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler(handler: ready)
        source.setCancelHandler { _ = owner }
        source.resume()
    }

    deinit { source.cancel() }
}
