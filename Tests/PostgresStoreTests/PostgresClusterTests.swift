import DatabaseTesting
import Glibc
import SQL
import Testing

@Suite(.enabled(if: PostgresCluster.isExpected)) struct PostgresClusterTests {
    @Test func `a database is made from a template and dropped`() throws {
        let cluster = try PostgresCluster.shared
        let template = try cluster.makeDatabase()
        let name = String(template.split(separator: "/")[1].prefix { $0 != "?" })
        try cluster.run("CREATE TABLE notes(body text)", in: name)
        let copy = try TestDatabase(on: .postgres)
        #expect(copy.location != template)
        copy.remove()
        let second = try cluster.makeDatabase(from: name)
        let secondName = String(second.split(separator: "/")[1].prefix { $0 != "?" })
        #expect(try cluster.run("SELECT count(*) FROM notes", in: secondName) == ["0"])
        try cluster.dropDatabase(url: second)
        try cluster.dropDatabase(url: template)
        #expect(
            try cluster.run("SELECT 1 FROM pg_database WHERE datname = '\(name)'").isEmpty)
    }

    @Test func `a cluster of one's own stops, starts and leaves nothing behind`() throws {
        var cluster: PostgresCluster? = try PostgresCluster()
        let directory = cluster!.directory
        try cluster!.stop()
        #expect(throws: PostgresCluster.Unavailable.self) { try cluster!.run("SELECT 1") }
        try cluster!.start()
        #expect(try cluster!.run("SELECT 1") == ["1"])
        cluster = nil
        #expect(try PostgresCluster.shared.run("SELECT pg_stat_file('\(directory)', true)") == [""])
    }

    @Test func `a cluster ends with its process, even by kill -9`() async throws {
        let result = await #expect(
            processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]
        ) {
            let cluster = try PostgresCluster()
            let line = "cluster=\(cluster.directory)\n"
            write(STDOUT_FILENO, line, line.utf8.count)
            kill(getpid(), SIGKILL)
        }
        let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
        let directory = try #require(output.split(separator: "cluster=").last).prefix { $0 != "\n" }
        #expect(directory.hasPrefix("/"))
        for _ in 0..<500 where access(String(directory), F_OK) == 0 {
            _ = try? PostgresCluster.shared.run("SELECT 1")
        }
        #expect(access(String(directory), F_OK) != 0)
    }
}
