import AtriumTesting
import DatabaseTesting
import Logs
import Testing
import Values

@testable import Files

/// What the operator hears of rows whose files are not there.
struct MissingFilesTests {
    @Test func `each is told once in an hour, and not all of a disk that is gone`() {
        let missing = MissingFiles()
        let clock = MovableClock()
        let ids = (0..<100).map { ID<StoredFile>(high: UInt64($0), low: 0) }
        let count = { ids.filter { missing.isNews($0, at: clock.now) }.count }
        #expect(missing.isNews(ids[0], at: clock.now))
        #expect(!missing.isNews(ids[0], at: clock.now))
        #expect(count() == MissingFiles.linesMax - 1)
        #expect(count() == 0)
        clock.advance(by: .hours(1))
        #expect(count() == MissingFiles.linesMax)
    }

    @Test func `files are counted and told, and what is none of ours is not`() async throws {
        try await withServer(on: .sqlite) { client in
            let log = MemoryLog()
            let logger = Logger(
                level: .debug, format: .json, clock: client.clock.clock, sink: log)
            let files = client.server.files
            let id = ID<StoredFile>(at: client.clock.now, from: .system)
            let path = files.store.path(of: id)
            for _ in 0..<3 { files.noteMissing(path, logger) }
            for other in ["", "/\(id)", path + "x", "/elsewhere/\(id.description.prefix(5))/\(id)"]
            {
                files.noteMissing(other, logger)
            }
            #expect(files.counts.filesMissed == 3)
            #expect(log.objects.count == 1)
            #expect(log.objects.first?["file"]?.asString == id.description)
        }
    }
}
