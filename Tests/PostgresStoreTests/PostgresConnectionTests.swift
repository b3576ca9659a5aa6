import DatabaseTesting
import Glibc
import Loop
import SQL
import Testing

@testable import PostgresStore

@Suite(.enabled(if: PostgresCluster.isExpected)) struct PostgresConnectionTests {
    @Test func `reads in flight are answered by the next connection`() async throws {
        try await withStore { it in
            let reads = Task {
                try await it.store.first(Sample.tableNap)
            }
            try await it.waitUntilRunning("pg_sleep")
            // So that the same read, sent a second time, has its answer at once.
            try await it.superuser("UPDATE naps SET seconds = 0")
            try await it.endConnections()
            #expect(try await it.store.first(Sample.echo, 2)?.value == 2)
            #expect(try await reads.value?.value == 1)
        }
    }

    @Test func `a write in flight has an unknown outcome and is not repeated`() async throws {
        try await withStore { it in
            let write = Task { await code { try await it.store.execute(Sample.slowInsert, 1, 30) } }
            try await it.waitUntilRunning("pg_sleep")
            try await it.endConnections()
            #expect(await write.value == .unknownOutcome)
            #expect(try await it.store.first(Sample.count)?.value == 0)
            try await it.store.execute(Sample.insert, 1, "works again")
        }
    }

    @Test func `a store works again after the server was restarted`() async throws {
        let cluster = try PostgresCluster()
        try await withStore(on: cluster) {
            $0.waitTimeout = .milliseconds(200)
        } _: { it in
            try await it.store.execute(Sample.insert, 1, "before")
            try cluster.stop(fast: false)
            await expect(.connection) { try await it.store.first(Sample.count) }
            let down = await code { try await it.store.execute(Sample.insert, 2, "down") }
            #expect(down != nil)
            try cluster.start()
            for _ in 0..<200 where await !it.store.counts.isUp {
                _ = try? await it.store.first(Sample.count)
            }
            #expect(try await it.store.first(Sample.body, 1)?.value == "before")
            try await it.store.execute(Sample.insert, 3, "after")
        }
    }

    @Test func `a server that is not there is an error that says where`() async throws {
        var options = PostgresOptions(url: "postgresql:///app?host=/nonexistent&user=nobody")
        options.connectTimeout = .milliseconds(150)
        let error = await #expect(throws: DatabaseError.self) {
            try await PostgresStore.open(options, loops: testLoops)
        }
        #expect(error?.code == .connection)
        #expect(error?.message.contains("/nonexistent, database app") == true)
        #expect(error?.message.contains("DATABASE_URL") == true)
    }

    @Test func `a database that is not there fails at once`() async throws {
        var options = PostgresOptions(url: try PostgresCluster.shared.url(of: "nowhere"))
        options.connectTimeout = .seconds(600)
        let error = await #expect(throws: DatabaseError.self) {
            try await PostgresStore.open(options, loops: testLoops)
        }
        #expect(error?.message.contains("nowhere") == true)
    }

    @Test(arguments: ["postgres://[", "no=such=word", "mysql://x"])
    func `an URL that is none is an error`(_ url: String) async throws {
        var options = PostgresOptions(url: url)
        options.connectTimeout = .milliseconds(100)
        let error = await #expect(throws: DatabaseError.self) {
            try await PostgresStore.open(options, loops: testLoops)
        }
        #expect(error?.code == .connection)
    }

    @Test func `the password is in no message`() async throws {
        let options = PostgresOptions(
            url: "postgresql://u:hunter2@/app?host=/nonexistent&connect_timeout=1")
        let error = await #expect(throws: DatabaseError.self) {
            var options = options
            options.connectTimeout = .milliseconds(50)
            _ = try await PostgresStore.open(options, loops: testLoops)
        }
        #expect(error?.debugDescription.contains("hunter2") == false)
    }

    // S3-33
    @Test func `more work than links waits for its turn`() async throws {
        try await withStore {
            $0.writeLinksPerLoop = 1
        } _: { it throws in
            await withDiscardingTaskGroup { group in
                for id in 0..<40 {
                    group.addTask {
                        #expect(
                            await code { try await it.store.execute(Sample.insert, Int64(id), "x") }
                                == nil
                        )
                    }
                }
            }
            #expect(try await it.store.first(Sample.count)?.value == 40)
        }
    }

    @Test func `a full queue is busy and waiting has an end`() async throws {
        try await withStore {
            $0.writeLinksPerLoop = 1
            $0.queueLimit = 1
            $0.waitTimeout = .milliseconds(100)
        } _: { it in
            let loop = testLoops.loops[0]
            let long = loop.spawn {
                await code { try await it.store.execute(Sample.slowInsert, 1, 30) }
            }
            try await it.waitUntilRunning("pg_sleep")
            let waiting = loop.spawn {
                await code { try await it.store.execute(Sample.insert, 2, "x") }
            }
            let refused = await loop.spawn {
                await code { try await it.store.execute(Sample.insert, 3, "x") }
            }.value
            #expect(refused == .busy)
            #expect(await waiting.value == .busy)
            try await it.endConnections()
            #expect(await long.value == .unknownOutcome)
        }
    }

    @Test func `a server without room for more connections is no reason to fail`() async throws {
        let cluster = try PostgresCluster()
        try cluster.run("ALTER SYSTEM SET max_connections = 8")
        try cluster.run("ALTER SYSTEM SET superuser_reserved_connections = 4")
        try cluster.run("CREATE ROLE app LOGIN")
        try cluster.stop()
        try cluster.start()
        let url = try cluster.makeDatabase()
        let name = String(url.split(separator: "/")[1].prefix { $0 != "?" })
        try cluster.run(StoreFixture.schema + "; GRANT ALL ON notes TO app", in: name)
        let options = PostgresOptions(url: url.replacing("user=atrium", with: "user=app"))
        let store = try await PostgresStore.open(options, loops: testLoops)
        await withDiscardingTaskGroup { group in
            for id in 0..<100 {
                group.addTask {
                    await expect(nil) { try await store.execute(Sample.insert, Int64(id), "x") }
                }
            }
        }
        #expect(try await store.first(Sample.count)?.value == 100)
        await store.close()
    }

    @Test func `a dropped database is an error, not a trap`() async throws {
        let cluster = try PostgresCluster.shared
        let url = try cluster.makeDatabase()
        var options = PostgresOptions(url: url)
        options.waitTimeout = .milliseconds(100)
        let store = try await PostgresStore.open(options, loops: testLoops)
        #expect(try await store.first(Sample.echo, 1)?.value == 1)
        try cluster.dropDatabase(url: url)
        await expect(.connection) { try await store.first(Sample.echo, 1) }
        await store.close()
    }

    @Test func `a closed store refuses work`() async throws {
        try await withStore { it in
            await it.store.close()
            await expect(.connection) { try await it.store.first(Sample.echo, 1) }
            await expect(.connection) { try await it.store.execute(Sample.insert, 1, "x") }
        }
    }

    @Test func `sessions are in UTC and named`() async throws {
        let setting = Statement(
            .point, "SELECT current_setting($1)", binds: String.self, returns: Single<String>.self)
        try await withStore { it throws in
            #expect(try await it.store.first(setting, "TimeZone")?.value == "UTC")
            #expect(try await it.store.first(setting, "application_name")?.value == "atrium")
            #expect(try await it.store.first(setting, "statement_timeout")?.value == "30s")
            #expect(
                try await it.store.first(setting, "transaction_isolation")?.value
                    == "read committed")
        }
    }

    @Test func `results of any size come over TLS`() async throws {
        let cluster = try PostgresCluster(securePort: try unusedPort())
        let port = try #require(cluster.securePort)
        let secure = "postgresql://atrium@localhost:\(port)/postgres?sslmode=require"
        let store = try await PostgresStore.open(PostgresOptions(url: secure), loops: testLoops)
        let encrypted = Statement(
            .point, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
            returns: Single<Bool>.self)
        let text = Statement(
            .point, "SELECT repeat('x', $1::int)", binds: Int.self, returns: Single<String>.self)
        #expect(try await store.first(encrypted)?.value == true)
        for size in [1, 8100, 8192, 16_300, 16_384, 16_400, 40_000, 1_000_000] {
            #expect(try await store.first(text, size)?.value.utf8.count == size)
        }
        await store.close()
    }
}

/// A port of 127.0.0.1 that was free a moment ago.
private func unusedPort() throws -> Int {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
        }
    }
    try #require(isBound)
    return Int(UInt16(bigEndian: address.sin_port))
}
