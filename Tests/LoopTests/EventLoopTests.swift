import CLinux
import Glibc
import Loop
import Synchronization
import Testing

/// A loop that runs for one test.
func withLoop<Value: Sendable>(
    _ body: @escaping @Sendable (EventLoop) async throws -> Value
) async throws -> Value {
    let loop = EventLoop()
    loop.start()
    defer { loop.stop() }
    return try await loop.spawn(throwing: { try await body(loop) }).value
}

/// What happened, in its order.
final class Journal: Sendable {
    private let entries = Mutex<[String]>([])
    func note(_ entry: String) { entries.withLock { $0.append(entry) } }
    var all: [String] { entries.withLock { $0 } }
}

/// A number that several threads add to.
final class Counter: Sendable {
    private let value: Mutex<Int>
    init(_ value: Int) { self.value = Mutex(value) }
    func withLock<Result: Sendable>(_ body: (inout Int) -> Result) -> Result {
        value.withLock { body(&$0) }
    }
}

struct EventLoopTests {
    @Test func `a task of the loop stays on its thread`() async throws {
        try await withLoop { loop in
            #expect(EventLoop.current === loop)
            try await loop.sleep(for: .milliseconds(1))
            #expect(EventLoop.current === loop)
            await Task.yield()
            #expect(EventLoop.current === loop)
        }
        #expect(EventLoop.current == nil)
    }

    @Test func `timers fire in order of time, then of making`() async throws {
        let journal = Journal()
        try await withLoop { loop in
            loop.schedule(after: .milliseconds(3)) { journal.note("c") }
            loop.schedule(after: .milliseconds(1)) { journal.note("a") }
            let cancelled = loop.schedule(after: .milliseconds(2)) { journal.note("x") }
            loop.schedule(after: .milliseconds(1)) { journal.note("b") }
            cancelled.cancel()
            try await loop.sleep(for: .milliseconds(4))
        }
        #expect(journal.all == ["a", "b", "c"])
    }

    @Test func `a timer may be set anew while it fires`() async throws {
        let journal = Journal()
        try await withLoop { loop in
            nonisolated(unsafe) var timer: Timer?
            timer = loop.schedule(after: .milliseconds(1)) {
                journal.note("tick")
                if journal.all.count < 3 { timer?.reschedule(after: .milliseconds(1)) }
            }
            while journal.all.count < 3 { try await loop.sleep(for: .milliseconds(1)) }
        }
        #expect(journal.all == ["tick", "tick", "tick"])
    }

    @Test func `a timer that cancels another of the same time wins`() async throws {
        let journal = Journal()
        try await withLoop { loop in
            nonisolated(unsafe) var second: Timer?
            loop.schedule(after: .milliseconds(1)) {
                journal.note("first")
                second?.cancel()
            }
            second = loop.schedule(after: .milliseconds(1)) { journal.note("second") }
            try await loop.sleep(for: .milliseconds(3))
        }
        #expect(journal.all == ["first"])
    }

    @Test func `hooks run after the jobs of a tick and may start more`() async throws {
        let journal = Journal()
        try await withLoop { loop in
            loop.afterTick {
                journal.note("hook")
                loop.spawn { journal.note("job of the hook") }
                loop.afterTick { journal.note("next hook") }
            }
            await loop.spawn { journal.note("job") }.value
            try await loop.sleep(for: .milliseconds(1))
        }
        #expect(journal.all == ["job", "hook", "job of the hook", "next hook"])
    }

    @Test func `work posted from other threads runs on the loop`() async throws {
        let loop = EventLoop()
        loop.start()
        defer { loop.stop() }
        let count = Counter(0)
        let tasks = (0..<4).map { _ in
            Task.detached {
                for _ in 0..<250 {
                    await withUnsafeContinuation { continuation in
                        loop.post {
                            if loop.isCurrent { count.withLock { $0 += 1 } }
                            continuation.resume()
                        }
                    }
                }
            }
        }
        for task in tasks { await task.value }
        #expect(count.withLock { $0 } == 1000)
    }

    @Test func `a sleeping task wakes when it is cancelled`() async throws {
        let isCancelled = try await withLoop { loop in
            let task = loop.spawn {
                do {
                    try await loop.sleep(for: .seconds(3600))
                    return false
                } catch { return true }
            }
            await Task.yield()
            task.cancel()
            return await task.value
        }
        #expect(isCancelled)
    }

    @Test func `tasks that yield for ever do not keep timers waiting`() async throws {
        try await withLoop { loop in
            let task = loop.spawn { while !Task.isCancelled { await Task.yield() } }
            try await loop.sleep(for: .milliseconds(2))
            task.cancel()
            await task.value
        }
    }

    @Test func `a loop that is asked to stop ends`() {
        let group = EventLoopGroup(count: 2)
        group.start()
        #expect(group.any !== group.any)
        group.stop()
        group.join()
    }
}

struct WatcherTests {
    /// Two ends of a socket pair, closed when the test ends.
    final class Pair: Sendable {
        let left: Int32
        let right: Int32

        init() {
            var ends: [Int32] = [0, 0]
            socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0, &ends)
            (left, right) = (ends[0], ends[1])
        }

        deinit {
            close(left)
            close(right)
        }

        func send() { _ = write(right, "x", 1) }
    }

    final class Recorder: FileDescriptorHandler {
        var events: [Interest] = []
        var onEvent: () -> Void = {}

        func fileDescriptorIsReady(_ events: Interest) {
            self.events.append(events)
            onEvent()
        }
    }

    @Test func `a descriptor is waited for`() async throws {
        let pair = Pair()
        try await withLoop { loop in
            try await loop.writable(pair.left)
            loop.schedule(after: .milliseconds(1)) { pair.send() }
            try await loop.readable(pair.left)
            var byte: UInt8 = 0
            #expect(read(pair.left, &byte, 1) == 1)
        }
    }

    @Test func `a descriptor that cannot be watched is ready`() async throws {
        try await withLoop { loop in try await loop.readable(-1) }
    }

    @Test func `a waiting task wakes when it is cancelled`() async throws {
        let pair = Pair()
        let isCancelled = try await withLoop { loop in
            let task = loop.spawn {
                do {
                    try await loop.readable(pair.left)
                    return false
                } catch { return true }
            }
            await Task.yield()
            task.cancel()
            return await task.value
        }
        #expect(isCancelled)
    }

    @Test func `a watcher follows its interest, its descriptor and its removal`() async throws {
        let first = Pair()
        let second = Pair()
        try await withLoop { loop in
            let recorder = Recorder()
            let watcher = try #require(loop.watch(first.left, for: .read, recorder))
            #expect(loop.watch(first.left, for: .read, recorder) == nil)
            first.send()
            try await loop.sleep(for: .milliseconds(1))
            #expect(!recorder.events.isEmpty)

            watcher.change(to: [])
            try await loop.sleep(for: .milliseconds(1))
            recorder.events = []
            try await loop.sleep(for: .milliseconds(1))
            #expect(recorder.events.isEmpty)

            #expect(watcher.replace(with: second.left, for: .write))
            recorder.onEvent = { watcher.remove() }
            try await loop.sleep(for: .milliseconds(1))
            #expect(recorder.events == [.write])
            #expect(watcher.isRemoved)
        }
    }

    @Test func `a removed watcher lets its handler go`() async throws {
        let pair = Pair()
        try await withLoop { loop in
            weak var weakRecorder: Recorder?
            do {
                let recorder = Recorder()
                weakRecorder = recorder
                loop.watch(pair.left, for: .write, recorder)?.remove()
            }
            try await loop.sleep(for: .milliseconds(1))
            #expect(weakRecorder == nil)
        }
    }
}
