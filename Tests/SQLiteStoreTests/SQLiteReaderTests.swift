import CLinux
import Glibc
import Loop
import SQL
import SQLiteStore
import Testing

struct SQLiteReaderTests {
    @Test func `a caller on no loop reads on the pool`() async throws {
        try await withStore { store in
            try await Note.insert(1, on: store)
            let (text, all) = (
                try await store.first(Note.find, 1)?.value, try await store.all(Note.list).count
            )
            #expect(text == "note 1")
            #expect(all == 1)
        }
    }

    @Test func `an endless scan keeps no point read waiting, and closing ends it`() async throws {
        let ended = Gate()
        try await withStoreOnLoop { store, loop in
            loop.spawn {
                #expect(await code { _ = try await store.first(Endless.scan) } == .timeout)
                ended.open()
            }
            try await Note.insert(1, on: store)
            for _ in 0..<1000 {
                let text = try await store.first(Note.find, 1)?.value
                #expect(text == "note 1")
            }
        }
        await ended.wait()
    }

    @Test func `a point read that takes too long moves to the pool`() async throws {
        var options = SQLiteOptions.patient
        options.scanTimeMax = .milliseconds(20)
        try await withStoreOnLoop(options: options) { store, loop in
            for _ in 0..<2 {
                let tick = loop.nanoseconds
                #expect(await code { _ = try await store.first(Endless.point) } == .timeout)
                #expect(loop.nanoseconds > tick, "the loop went on meanwhile")
            }
        }
    }

    @Test func `more reads than may wait are refused`() async throws {
        var options = SQLiteOptions.patient
        (options.readThreads, options.readsMax) = (1, 2)
        options.scanTimeMax = .milliseconds(50)
        try await withStoreOnLoop(options: options) { store, _ in
            let codes = await withTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask { await code { _ = try await store.first(Endless.scan) } }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.count { $0 == .busy } >= 5)
        }
    }

    /// Four descriptors that become ready together make a tick with a snapshot.
    @Test func `in a tick with a snapshot, what was written meanwhile is read`() async throws {
        try await withStoreOnLoop { store, loop in
            let events = (0..<4).map { _ in eventfd(0, Int32(EFD_NONBLOCK)) }
            defer { for event in events { close(event) } }
            let readers = events.map { event in
                loop.spawn(throwing: {
                    try await loop.readable(event)
                    #expect(loop.eventsThisTick >= 3)
                    let before = try await store.first(Note.count)?.value ?? -1
                    // The write commits on its own thread while this one stays in its tick.
                    let commits = store.counts.commits
                    let write = Task.detached { try await Note.insert(Int(event), on: store) }
                    while store.counts.commits == commits { sched_yield() }
                    let after = try await store.first(Note.count)?.value ?? -1
                    #expect(after == before + 1)
                    try await write.value
                })
            }
            await Task.yield()
            for event in events { linux_eventfd_signal(event) }
            for reader in readers { try await reader.value }
        }
    }

    @Test func `a snapshot ends with its tick`() async throws {
        try await withStoreOnLoop { store, loop in
            let other = try SQLiteStore.open(path: store.path)
            let events = (0..<4).map { _ in eventfd(0, Int32(EFD_NONBLOCK)) }
            defer { for event in events { close(event) } }
            let readers = events.map { event in
                loop.spawn(throwing: {
                    try await loop.readable(event)
                    return try await store.first(Note.count)?.value
                })
            }
            await Task.yield()
            for event in events { linux_eventfd_signal(event) }
            for reader in readers {
                let rows = try await reader.value
                #expect(rows == 0)
            }
            // Another process's write raises no count here.
            try await Note.insert(1, on: other)
            let rows = try await store.first(Note.count)?.value
            #expect(rows == 1)
            await other.close()
        }
    }
}
