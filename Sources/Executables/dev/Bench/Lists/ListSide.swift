import Foundation
import Identity
import Measuring
import Resources
import SQL
import Values

/// A server whose user has so many items, and a connection of the C library to the same database.
final class ListSide {
    let items: ListedItems
    let server: BenchServer
    let user: ID<User>
    let field: String
    private let connection: LoadConnection
    private let bare: any BareStatements

    init(_ bench: Bench, on engine: Engine, count: Int) throws {
        items = try ListedItems(count: count)
        let directory = bench.path("resources")
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        try TextFile.write(ListedItems.declaration, to: directory + "/items.json5")
        server = try BenchServer(bench, on: engine, ["resources=\(directory)"])
        let pass = try server.signUp()
        guard let user = ID<User>(pass.user) else { throw Problem("there is no user") }
        self.user = user
        field = "Authorization: Bearer " + pass.accessToken
        say("  making \(count) items on \(engine)")
        try server.fill(with: items, of: "\(user)")
        connection = try server.connect()
        bare = try server.bareStatements()
    }

    // MARK: Turns

    /// The time of each request within some seconds, in turn for items by chance. Every answer has
    /// been looked at: an empty page is quick.
    func ours(_ request: ListRequest, for seconds: Int) throws -> Latencies {
        try turn(seconds) { number in
            let path = try request.path(number, items)
            return try time {
                let answer = connection.send("GET", path, fields: [field])
                guard let answer, answer.status == 200, answer.body.contains("Item k") else {
                    throw Problem("GET \(path): \(answer?.body.prefix(500) ?? "no answer")")
                }
            }
        }
    }

    /// The same statements through the library.
    func alone(_ request: ListRequest, for seconds: Int) throws -> Latencies {
        try turn(seconds) { number in
            let statements = try request.statements(number, items, of: user, on: server.engine)
            return try time {
                for statement in statements { try bare.run(statement) }
            }
        }
    }

    private func turn(_ seconds: Int, _ work: (Int) throws -> Int) throws -> Latencies {
        var numbers = SeededNumbers(seed: 3)
        var latencies = Latencies()
        func number() -> Int {
            items.count / 10 + numbers.below(items.count - items.count / 10)
        }
        for _ in 0..<20 { _ = try work(number()) }
        var stopwatch = Stopwatch(seconds: seconds)
        while !stopwatch.isOver { latencies.add(microseconds: try work(number())) }
        try Interruption.check()
        return latencies
    }

    private func time(_ work: () throws -> Void) throws -> Int {
        let start = Stopwatch.moment
        try work()
        return Int((Stopwatch.moment - start) / 1000)
    }
}
