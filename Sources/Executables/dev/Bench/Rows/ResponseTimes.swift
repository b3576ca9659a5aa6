import DatabaseTesting
import Measuring
import SQL

extension BenchRow {
    // S3-32
    static let responseTimes = BenchRow(
        name: "times", what: "response times of 50 users at once, by class of request (S3-32)"
    ) { bench in
        var lines: [BenchLine] = []
        for engine in [Engine.sqlite, .postgres] {
            let server = try BenchServer(bench, on: engine)
            defer { server.stop() }
            try server.fill()
            let crowd = Crowd(port: server.port, seconds: bench.seconds * 6)
            do {
                lines += try crowd.run().lines(on: engine)
            } catch {
                throw Problem("\(error); the server said last: \(server.child.lines.last ?? "-")")
            }
        }
        return lines
    }
}
