import DatabaseTesting
import Glibc
import Loop
import SQL
import SQLiteStore
import Testing

struct SQLiteStoreTests {
    @Test func `the file is for its owner only`() async throws {
        try await withStore { store in
            var status = stat()
            for suffix in ["", "-wal", "-shm"] {
                #expect(stat(store.path + suffix, &status) == 0)
                #expect(status.st_mode & 0o777 == 0o600)
            }
        }
    }

    @Test func `a row that was written can be read`() async throws {
        try await withStore { store in
            try await store.execute(Note.insert, 1, "one")
            #expect(try await store.first(Note.find, 1)?.value == "one")
            #expect(try await store.all(Note.list).map(\.value) == ["one"])
            let sum = try await store.transaction { transaction in
                try await transaction.execute(Note.insert, 2, "two")
                return try await transaction.all(Note.list).count
            }
            #expect(sum == 2)
        }
    }
}
