import Glibc

/// Ctrl-C while something runs: the children end at once, and the measurement where it stands next,
/// so that directories and clusters are removed on the way out. A second Ctrl-C ends it the hard way.
enum Interruption {
    // Safe because one thread registers, and a signal handler only reads whole words and sets one.
    nonisolated(unsafe) private static let children = {
        let slots = UnsafeMutablePointer<pid_t>.allocate(capacity: slotCount)
        slots.initialize(repeating: 0, count: slotCount)
        return slots
    }()
    nonisolated(unsafe) private static var isSet = false
    private static let slotCount = 64

    static func prepare() {
        _ = children
        for number in [SIGINT, SIGTERM] {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { _ in Interruption.endChildren() }
            action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
            sigaction(number, &action, nil)
        }
    }

    /// For loops that cannot throw.
    static var allows: Bool { !isSet }

    /// Throws a `Problem`, and does not say so: Swift 6.3 cannot optimise loops that call it beside what
    /// throws other types.
    static func check() throws {
        if isSet { throw Problem("interrupted") }
    }

    static func register(_ pid: pid_t) {
        if let free = (0..<slotCount).first(where: { children[$0] == 0 }) { children[free] = pid }
    }

    static func forget(_ pid: pid_t) {
        for slot in 0..<slotCount where children[slot] == pid { children[slot] = 0 }
    }

    private static func endChildren() {
        isSet = true
        for slot in 0..<slotCount where children[slot] > 0 { kill(children[slot], SIGTERM) }
    }
}
