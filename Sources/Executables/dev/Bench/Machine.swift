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
