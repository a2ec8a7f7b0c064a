/// What an engine says that was not given.
struct EngineMissing: Error, CustomStringConvertible {
    let description: String
}
