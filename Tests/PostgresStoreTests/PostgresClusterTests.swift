import DatabaseTesting
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
}
