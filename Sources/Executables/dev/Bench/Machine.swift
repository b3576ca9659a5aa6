import Foundation
import Glibc

/// What this machine is, for the line above the table.
enum Machine {
    static var description: String {
        let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        let gigabytes =
            sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) / 1_000_000_000
        let processor = value("model name", in: "/proc/cpuinfo", after: ":") ?? "unknown processor"
        let system = value("PRETTY_NAME", in: "/etc/os-release", after: "=") ?? "Linux"
        return "\(cores) cores of \(processor), \(gigabytes) GB, \(system), Swift \(swiftVersion)"
    }

    /// How much of all processors' time was used during some seconds, from 0 to 1.
    static func busyShare(for seconds: UInt32) -> Double {
        let before = processorTicks
        sleep(seconds)
        let after = processorTicks
        return after.all > before.all
            ? 1 - Double(after.idle - before.idle) / Double(after.all - before.all) : 0
    }

    /// The first line of /proc/stat: idle is its fourth number, waiting for a disk its fifth.
    private static var processorTicks: (idle: Int, all: Int) {
        let line = TextFile.read("/proc/stat").split(separator: "\n").first ?? ""
        let ticks = line.split(separator: " ").dropFirst().prefix(8).compactMap { Int($0) }
        guard ticks.count == 8 else { return (0, 0) }
        return (ticks[3] + ticks[4], ticks.reduce(0, +))
    }

    private static func value(_ name: String, in path: String, after mark: Character) -> String? {
        let line = TextFile.read(path).split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(separator: mark, maxSplits: 1).last.map {
            String($0).replacing("\"", with: "").trimmingCharacters(in: .whitespaces)
        }
    }

    private static var swiftVersion: String {
        let lines = try? Tool("swift", "--version").capture().lines
        let words = lines?.first { $0.contains("version") }?.split(separator: " ") ?? []
        return words.drop { $0 != "version" }.dropFirst().first.map(String.init) ?? "unknown"
    }
}
