import Glibc
import Loop
import SQL
import SQLiteStore

// Measures the SQLite store beside SQLite's C API alone, in turns within one run, since machines
// differ and so do their minutes: the ratios are what to look at.
//
//     bench-sql [SECONDS] [ROUNDS] [DIRECTORY]

let arguments = CommandLine.arguments
let seconds = arguments.count > 1 ? Double(arguments[1]) ?? 2 : 2
let rounds = arguments.count > 2 ? Int(arguments[2]) ?? 3 : 3
let folder = arguments.count > 3 ? arguments[3] : "/tmp"

let loops = EventLoopGroup(count: 1)
loops.start()

func fresh(_ name: String) throws -> (path: String, store: SQLiteStore) {
    let path = "\(folder)/bench-\(getpid())-\(name).db"
    return (path, try SQLiteStore.open(path: path, loops: loops))
}

func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
}

func show(_ what: String, _ rate: Double, _ ratio: Double? = nil) {
    let text = ratio.map { "   \(Int($0 * 100)) %" } ?? ""
    let line = what + String(repeating: " ", count: max(1, 52 - what.count))
    print("\(line)\(Int(rate))/s\(text)")  // the program's result
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

try await measureReads()
try await measureWrites()
loops.stop()
loops.join()
