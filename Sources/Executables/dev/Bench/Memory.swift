import Glibc

/// Memory of a process, in KiB.
struct Memory {
    /// Pages that only this process has and has written: its heap, stacks and data.
    let own: Int
    let resident: Int
    /// The most that was ever resident.
    let peak: Int

    init(of pid: pid_t) {
        let rollup = TextFile.read("/proc/\(pid)/smaps_rollup")
        own = Self.number("Private_Dirty:", in: rollup)
        resident = Self.number("Rss:", in: rollup)
        peak = Self.number("VmHWM:", in: TextFile.read("/proc/\(pid)/status"))
    }

    /// The greater of each.
    func most(_ other: Memory) -> Memory {
        Memory(
            own: max(own, other.own), resident: max(resident, other.resident),
            peak: max(peak, other.peak))
    }

    private init(own: Int, resident: Int, peak: Int) {
        (self.own, self.resident, self.peak) = (own, resident, peak)
    }

    private static func number(_ label: String, in text: String) -> Int {
        let line = text.split(separator: "\n").first { $0.hasPrefix(label) } ?? ""
        return Int(line.split { !$0.isNumber }.first ?? "") ?? 0
    }
}
