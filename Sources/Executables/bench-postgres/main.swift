import DatabaseTesting
import Glibc
import Loop
import PostgresStore
import SQL
import Values

// The session lookup and an insert through PostgresStore beside pgbench with the same SQL, in turns
// on one throw-away cluster: `bench-postgres [seconds] [rounds]`. Ratios count, not rates.

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let bench = try Bench(seconds: arguments.first ?? 3, clients: 64)
try await bench.run(rounds: arguments.dropFirst().first ?? 3)
