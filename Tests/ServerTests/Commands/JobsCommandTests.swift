import Coding
import DatabaseTesting
import Jobs
import SQL
import Testing
import Values

@testable import Server

struct JobsCommandTests {
    @Test(arguments: Engine.tested)
    func `jobs are listed, and put back when they were put aside`(on engine: Engine) async throws {
        let place = try CommandPlace(on: engine)
        defer { place.remove() }
        let empty = await run(["jobs", "list"] + place.options)
        #expect(empty.transcript.output == ["There are no jobs."])
        try await putAside(2, place)
        let listed = await run(["jobs", "list", "--state", "dead", "--json"] + place.options)
        let jobs = try #require(
            try JSON(parsing: Array(listed.transcript.output.joined().utf8)).asList)
        #expect(jobs.map { $0["kind"] } == ["test.note", "test.note"])
        #expect(jobs.map { $0["error"] } == ["nobody can", "nobody can"])
        #expect(!listed.transcript.output.joined().contains("secret"))
        let id = try #require(jobs[0]["id"]?.asString)
        let one = await run(["jobs", "retry", "--id", id] + place.options)
        #expect(one.transcript.output == ["1 job was put back."])
        let rest = await run(["jobs", "retry", "--json"] + place.options)
        #expect(rest.transcript.output == [#"{"retried":1}"#])
        let table = await run(["jobs", "list"] + place.options)
        #expect(table.transcript.output.count == 3)
        #expect(
            table.transcript.output.dropFirst().allSatisfy { $0.contains("test.note  ready  0") })
    }

    private func putAside(_ count: Int, _ place: CommandPlace) async throws {
        try await withServer(place) { server in
            let queue = server.jobs.queue
            let clock = MovableClock()
            for _ in 0..<count {
                try await queue.insert("test.note", at: clock.now, in: queue.database) { _ in
                    "secret"
                }
            }
            let handler = JobHandler("test.note") { _, _ in throw JobRefusal("nobody can") }
            let runner = JobRunner(queue, [handler], clock: clock.clock, logger: .none)
            #expect(try await runner.runDue() == count)
        }
    }

    /// A server that does no jobs by itself.
    private func withServer(
        _ place: CommandPlace, _ body: @Sendable (Server) async throws -> Void
    ) async throws {
        var sources = SettingsSources()
        let url =
            place.database.engine == .sqlite
            ? "sqlite:" + place.database.location : place.database.location
        sources.flags = [
            SettingsSources.Flag(path: "data", text: place.directory, name: "--data"),
            SettingsSources.Flag(path: "database.url", text: url, name: "--set"),
        ]
        let server = try await Server.open(
            try SettingsLoader.load(sources).settings,
            Ambient(clock: .system, randomness: .system, logger: .none), isAlone: false)
        try await body(server)
        await server.close()
    }

    @Test func `what is no state and no id is told`() async throws {
        let place = try CommandPlace(on: .sqlite)
        defer { place.remove() }
        let state = await run(["jobs", "list", "--state", "lost"] + place.options)
        #expect(state.status == 2)
        #expect(
            state.transcript.complaints == ["atrium: --state needs one of ready, done, dead"])
        let id = await run(["jobs", "retry", "--id", "1"] + place.options)
        #expect(id.status == 2)
        #expect(id.transcript.complaints == ["atrium: --id needs the id of a job"])
    }
}
