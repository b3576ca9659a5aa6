import Glibc
import Measuring

/// Processor time that processes have used, in microseconds.
struct Usage {
    var user = 0.0
    var kernel = 0.0

    static func - (left: Usage, right: Usage) -> Usage {
        Usage(user: left.user - right.user, kernel: left.kernel - right.kernel)
    }

    func cost(of count: Int) -> Sample.Cost {
        let count = Double(max(count, 1))
        return Sample.Cost(user: user / count, kernel: kernel / count)
    }

    /// A process with all of its threads, its children (nginx's workers, PostgreSQL's backends),
    /// and what ended children had used.
    init(of root: pid_t) {
        let all = Self.processes
        guard let own = all[root] else { return }
        add(own.user + own.endedUser, own.kernel + own.endedKernel)
        for child in all.values where child.parent == root { add(child.user, child.kernel) }
    }

    private init(user: Double, kernel: Double) {
        self.user = user
        self.kernel = kernel
    }

    /// This very process.
    static var own: Usage { Usage(of: getpid()) }

    private mutating func add(_ userTicks: Double, _ kernelTicks: Double) {
        let microseconds = 1e6 / Double(sysconf(Int32(_SC_CLK_TCK)))
        user += userTicks * microseconds
        kernel += kernelTicks * microseconds
    }

    private struct Entry {
        let parent: pid_t
        let user, kernel, endedUser, endedKernel: Double
    }

    private static var processes: [pid_t: Entry] {
        guard let directory = opendir("/proc") else { return [:] }
        defer { closedir(directory) }
        var found: [pid_t: Entry] = [:]
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            if let pid = pid_t(name) { found[pid] = Self.entry(pid) }
        }
        return found
    }

    /// /proc/PID/stat behind the name, which may hold spaces (proc(5), fields 4 and 14 to 17).
    private static func entry(_ pid: pid_t) -> Entry? {
        let line = TextFile.read("/proc/\(pid)/stat")
        guard let end = line.lastIndex(of: ")") else { return nil }
        let fields = line[line.index(after: end)...].split(separator: " ")
        guard fields.count > 15, let parent = pid_t(fields[1]) else { return nil }
        let ticks = fields[11...14].compactMap { Double($0) }
        guard ticks.count == 4 else { return nil }
        return Entry(
            parent: parent, user: ticks[0], kernel: ticks[1], endedUser: ticks[2],
            endedKernel: ticks[3])
    }
}
