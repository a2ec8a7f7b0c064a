import CAssets

/// What reading the embedded files took and no longer needs.
public enum FreedMemory {
    /// Gives it back to the system, malloc_trim(3): the C library would keep it for the next time, which does not come. Takes a
    /// millisecond or two.
    public static func giveBack() { cassets_give_back() }
}
