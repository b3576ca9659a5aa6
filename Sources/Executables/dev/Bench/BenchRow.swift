import Glibc
import Measuring

/// One kind of measurement, by the name that `--only` takes. To add one is to add it to the list.
struct BenchRow: Sendable {
    let name: String
    /// What its lines show, for `dev bench --list`.
    let what: String
    /// Not part of a run unless asked for: it takes minutes.
    var isOptional = false
    /// A program of this build that it measures, if that is not `atrium`: without it the row is left
    /// out, unless it is asked for by name.
    var program: String?
    let run: @Sendable (Bench) async throws -> [BenchLine]

    var isHere: Bool {
        program.map { access(ServerProcess.path(of: $0), X_OK) == 0 } ?? true
    }

    static let all = [
        plain, sessionOnSQLite, sessionOnPostgres, token, signIn, sessionBesideSignIns, enumeration,
        insertOnSQLite, insertOnPostgres,
        listOnPostgres, listsOnSQLite, listsOnPostgres, start, memory, connections, webSockets,
        subscribers,
        size, build,
        responseTimes,
    ]
}
