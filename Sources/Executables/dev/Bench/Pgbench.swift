import DatabaseTesting
import Glibc
import Measuring

/// pgbench with a statement of the program, on a Unix socket, statements prepared.
struct Pgbench {
    let cluster: PostgresCluster
    let database: String
    /// `$1` and so on replaced by variables.
    let script: String
    var variables: [String: String] = [:]
    var clients = 64

    func measure(_ bench: Bench, seconds: Int? = nil) throws -> Sample {
        let file = bench.path("pgbench.sql")
        try TextFile.write(script, to: file)
        let given = variables.flatMap { ["-D", "\($0)=\($1)"] }
        let before = Usage(of: cluster.pid)
        let lines = try Child.output(
            of: [
                "\(PostgresCluster.binaries ?? "")/pgbench", "-n", "-M", "prepared",
                "-c", "\(clients)", "-j", "2", "-T", "\(seconds ?? bench.seconds)", "-f", file,
            ] + given + ["-h", cluster.directory, "-U", "atrium", database],
            log: bench.path("pgbench.log"))
        guard let report = PgbenchReport(lines), report.failed == 0, report.transactions > 0 else {
            throw Problem("pgbench: \(lines.last ?? "no word")")
        }
        return Sample(
            rate: report.rate,
            cost: (Usage(of: cluster.pid) - before).cost(of: report.transactions))
    }
}

extension PostgresCluster {
    /// The postmaster, the parent of all backends; 0 when it does not run.
    var pid: pid_t {
        let lines = TextFile.read(directory + "/data/postmaster.pid").split(separator: "\n")
        return lines.first.flatMap { pid_t($0) } ?? 0
    }
}
