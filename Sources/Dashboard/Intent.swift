/// What a key or a `:` command means: one name for each thing that the operator can do.
public enum Intent: Hashable, Sendable {
    case quit, help, palette, interrupt, suspend, redraw, back
    case nextPane, previousPane
    case pane(PaneID)
    case zoom, cycleLayout
    case up, down, left, right, pageUp, pageDown, first, last
    case open
    case connect, run, runAnew, command, send, goodbye, drop
    case matrix, burst, keepWaiting, stopWaiting, previousRun, nextRun, deviations, saved, compare
    case walk, edit, names, anyName, explain, explainLine, logLines, probe
    case search, searchNext, searchPrevious
    case cycleFilter, typedFilter, pause, nextLog
    case overview, nextFinding, previousFinding, walkthroughs, health, preferences, copy
    case export, privacy, otherLanguage, theme, rawBytes, openLog
    case walkNext, walkBack, walkSkip, walkAgain, walkYes, walkNo
    /// An offer of the step, by its place.
    case walkOffer(Int)
}
