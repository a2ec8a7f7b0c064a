import TLS

/// The libraries that are loaded when they are wanted for the first time: a session in the clear does without all of them.
public enum LoadedLibraries {
    /// A sentence for each that is not there, with its package and the loader's reason. Loads the others.
    public static func missing() -> [String] {
        [TLSLibrary.missing, JudgeHandle.missing, InternationalName.missing].compactMap(\.self)
    }
}
