import DatabaseTesting
import Foundation
import Glibc
import Secrets
import Testing

@testable import Files

/// What is being written.
struct PartialFileTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = try #require(makeTemporaryDirectory("atrium-files"))
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test func `what was written is in its place, and nothing else`() throws {
        try withFolder { folder in
            let file = try PartialFile(folder + "/a.part")
            try file.append(Array("hello ".utf8))
            try file.append(Array("world".utf8))
            #expect(file.digest == SHA256.digest(of: "hello world"))
            try file.keep(as: folder + "/a", in: folder)
            #expect(Directory.names(in: folder) == ["a"])
            #expect(FileManager.default.contents(atPath: folder + "/a") == Data("hello world".utf8))
            #expect(throws: StorageError.self) { try file.append([1]) }
        }
    }

    @Test func `what was discarded is gone, and a name is not taken twice`() throws {
        try withFolder { folder in
            let file = try PartialFile(folder + "/a.part")
            #expect(throws: StorageError.self) { try PartialFile(folder + "/a.part") }
            try file.append([1])
            file.discard()
            file.discard()
            #expect(Directory.names(in: folder) == [])
        }
    }

    /// The system's own file that has no room.
    @Test func `a disk that is full is told apart`() throws {
        let full = PartialFile("/dev/full", open("/dev/full", O_WRONLY))
        do {
            try full.append([1])
            Issue.record("nothing can be written there")
        } catch {
            #expect(error.isFull)
            #expect("\(error)".contains("No space left"))
        }
        #expect(throws: StorageError.self) { try PartialFile("/nowhere/at/all") }
    }

    @Test func `a folder may be there, and a file in its place is an error`() throws {
        try withFolder { folder in
            try Directory.make(folder + "/b")
            try Directory.make(folder + "/b")
            #expect(throws: StorageError.self) { try Directory.make(folder + "/c/d") }
            #expect(throws: StorageError.self) { try Directory.sync(folder + "/none") }
            #expect(Directory.names(in: folder + "/none") == [])
            #expect(Directory.freeBytes(folder) ?? 0 > 0)
            #expect(Directory.freeBytes(folder + "/none") == nil)
        }
    }
}
