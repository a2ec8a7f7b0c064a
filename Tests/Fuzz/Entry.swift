// The fuzzer's way in, built by `.ci/fuzz` alone: which part is fuzzed, the environment says.

import Glibc
import SMTP

private let part: FuzzedPart = {
    guard let name = unsafe getenv("FUZZ"), let part = FuzzedPart(rawValue: unsafe String(cString: name)) else {
        fatalError("FUZZ names what to fuzz: \(FuzzedPart.allCases.map(\.rawValue))")
    }
    return part
}()

/// libFuzzer's entry.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    if let complaint = part.complaint(about: input) { fatalError(complaint) }
    return 0
}
