import DatabaseTesting
import Glibc

/// Seconds of processor time: of this process and the ones it waited for, and of the server.
struct Usage {
    var client: Double
    var server: Double

    init(client: Double, server: Double) {
        self.client = client
        self.server = server
    }

    init(of cluster: PostgresCluster) {
        client =
            Self.used(__rusage_who_t(RUSAGE_SELF.rawValue))
            + Self.used(__rusage_who_t(RUSAGE_CHILDREN.rawValue))
        server = Self.ticks(of: cluster) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    static func - (left: Usage, right: Usage) -> Usage {
        Usage(client: left.client - right.client, server: left.server - right.server)
    }

    private static func used(_ who: __rusage_who_t) -> Double {
        var usage = rusage()
        getrusage(who, &usage)
        func seconds(_ time: timeval) -> Double {
            Double(time.tv_sec) + Double(time.tv_usec) / 1e6
        }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// The postmaster, what its ended backends used, and the backends that live.
    private static func ticks(of cluster: PostgresCluster) -> Double {
        guard let postmaster = firstLine(cluster.directory + "/data/postmaster.pid") else {
            return 0
        }
        var sum = 0.0
        guard let processes = opendir("/proc") else { return 0 }
        defer { closedir(processes) }
        while let entry = readdir(processes) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            guard Int(name) != nil, let line = firstLine("/proc/\(name)/stat"),
                let end = line.lastIndex(of: ")")
            else { continue }
            let fields = line[line.index(after: end)...].split(separator: " ")
            guard fields.count > 15, name == postmaster || fields[1] == postmaster else { continue }
            for index in name == postmaster ? 11...14 : 11...12 {
                sum += Double(fields[index]) ?? 0
            }
        }
        return sum
    }

    private static func firstLine(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 4096)
        guard fgets(&buffer, 4096, file) != nil else { return nil }
        let bytes = buffer.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
