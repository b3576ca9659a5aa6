import DatabaseTesting
import Foundation
import SQL
import Testing

/// The program on a PostgreSQL that comes and goes.
@Suite(.serialized, .timeLimit(.minutes(1)), .enabled(if: Engine.tested.contains(.postgres)))
struct PostgresProcessTests {
    // S1-11, S3-36
    @Test func `S1-11: not ready while PostgreSQL is away, ready again without a restart`() throws {
        let directory = try #require(makeTemporaryDirectory("atrium-process"))
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let cluster = try PostgresCluster()
        let process = try AtriumProcess(
            ["serve", "--http", "127.0.0.1:0", "--data", directory + "/data"],
            variables: ["DATABASE_URL": try cluster.makeDatabase()])
        let port = try process.port()
        #expect(try RawHTTP.get("/health/ready", port: port).hasPrefix("HTTP/1.1 200 "))
        try cluster.stop()
        let away = try RawHTTP.get("/api/health/readiness", port: port)
        #expect(away.hasPrefix("HTTP/1.1 503 "))
        #expect(away.hasSuffix(#"{"status":"unavailable","checks":{"database":false}}"#))
        #expect(try RawHTTP.get("/health/live", port: port).hasPrefix("HTTP/1.1 200 "))
        try cluster.start()
        // Asked again and again, as a load balancer does; the suite's time limit ends it.
        while try !RawHTTP.get("/health/ready", port: port).hasPrefix("HTTP/1.1 200 ") {}
        process.signal(SIGTERM)
        #expect(process.end().status == 0)
    }

    @Test func `two servers may share one database, each with its own directory`() throws {
        let directory = try #require(makeTemporaryDirectory("atrium-process"))
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let database = try TestDatabase(on: .postgres)
        defer { database.remove() }
        // Both start at once: one migrates, the other waits for it.
        let nodes = try ["/a", "/b"].map { name in
            try AtriumProcess(
                ["serve", "--http", "127.0.0.1:0", "--data", directory + name],
                variables: secrets.merging(["DATABASE_URL": database.location]) { $1 })
        }
        let ports = try nodes.map { try $0.port() }
        let body = #"{"email":"ada@example.com","password":"Analytical1","name":"Ada"}"#
        let made = try RawHTTP.post("/api/v1/auth/register", body, port: ports[0])
        #expect(made.hasPrefix("HTTP/1.1 201 "))
        let signedIn = try RawHTTP.post("/api/v1/auth/login", body, port: ports[1])
        #expect(signedIn.hasPrefix("HTTP/1.1 200 "))
        for node in nodes { node.signal(SIGTERM) }
        for node in nodes { #expect(node.end().status == 0) }
    }
}
