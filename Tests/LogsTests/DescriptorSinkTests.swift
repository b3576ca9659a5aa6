import Glibc
import Logs
import Testing
import Values

@Suite struct DescriptorSinkTests {
    /// A pipe whose ends are closed at the end.
    private struct Pipe: ~Copyable {
        let reading: Int32
        let writing: Int32

        init() throws {
            // The process that has a sink ignores it.
            signal(SIGPIPE, SIG_IGN)
            var ends: [Int32] = [0, 0]
            try #require(pipe(&ends) == 0)
            (reading, writing) = (ends[0], ends[1])
        }

        deinit {
            close(reading)
            close(writing)
        }

        /// What can be read without waiting.
        func readAll() -> String {
            var text: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65536)
            var state = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
            while poll(&state, 1, 0) == 1, Int32(state.revents) & POLLIN != 0 {
                let count = read(reading, &buffer, buffer.count)
                guard count > 0 else { break }
                text += buffer[..<count]
            }
            return String(decoding: text, as: UTF8.self)
        }
    }

    private let clock = Clock { Instant(seconds: 0) }

    private func sink(
        _ descriptor: Int32, _ flushing: DescriptorSink.Flushing = .everyLine, limit: Int = 1 << 20
    ) -> DescriptorSink {
        DescriptorSink(
            descriptor, format: .text, clock: clock, flushing: flushing, limit: limit)
    }

    @Test func `each line is written at once`() throws {
        let pipe = try Pipe()
        let sink = sink(pipe.writing)
        sink.write(Array("one\n".utf8))
        #expect(pipe.readAll() == "one\n")
        sink.write(Array("two\n".utf8))
        #expect(pipe.readAll() == "two\n")
    }

    @Test func `a batch is written when it is full or flushed`() throws {
        let pipe = try Pipe()
        let sink = sink(pipe.writing, .batches(bytes: 8))
        sink.write(Array("one\n".utf8))
        #expect(pipe.readAll() == "")
        sink.write(Array("two\n".utf8))
        #expect(pipe.readAll() == "one\ntwo\n")
        sink.write(Array("last\n".utf8))
        sink.flush()
        #expect(pipe.readAll() == "last\n")
    }

    @Test func `a reader that is slow loses nothing that was kept, in order`() throws {
        let pipe = try Pipe()
        let sink = sink(pipe.writing)
        let lines = (0..<20_000).map { "line \($0)\n" }
        for line in lines { sink.write(Array(line.utf8)) }
        var text = pipe.readAll()
        #expect(text.utf8.count < 100_000, "the pipe is full")
        for _ in 0..<10 {
            sink.flush()
            text += pipe.readAll()
        }
        #expect(text == lines.joined())
        #expect(sink.dropped == 0)
    }

    @Test func `lines beyond the limit are dropped whole and told of`() throws {
        let pipe = try Pipe()
        let sink = sink(pipe.writing, limit: 10_000)
        for index in 0..<20_000 { sink.write(Array("line \(index)\n".utf8)) }
        let dropped = sink.dropped
        #expect(dropped > 0)
        var text = pipe.readAll()
        for _ in 0..<10 {
            sink.flush()
            text += pipe.readAll()
        }
        let lines = text.split(separator: "\n")
        #expect(lines.last == "00:00:00 WARN  log lines were dropped count=\(dropped)")
        #expect(lines.dropLast().enumerated().allSatisfy { $1 == "line \($0)" })
        #expect(lines.count - 1 + dropped == 20_000)
        sink.write(Array("after\n".utf8))
        #expect(pipe.readAll() == "after\n")
    }

    @Test func `a line larger than the limit is dropped`() throws {
        let pipe = try Pipe()
        let sink = sink(pipe.writing, limit: 100)
        sink.write([UInt8](repeating: 65, count: 101))
        sink.write(Array("next\n".utf8))
        #expect(pipe.readAll() == "next\n00:00:00 WARN  log lines were dropped count=1\n")
    }

    @Test func `a reader that is gone is no reason to die`() throws {
        var ends: [Int32] = [0, 0]
        signal(SIGPIPE, SIG_IGN)
        try #require(pipe(&ends) == 0)
        close(ends[0])
        let sink = sink(ends[1])
        for _ in 0..<10 { sink.write(Array("line\n".utf8)) }
        sink.flush()
        close(ends[1])
        self.sink(-1).write(Array("line\n".utf8))
    }

    @Test func `a socket that is full does not wait`() throws {
        var ends: [Int32] = [0, 0]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        defer { ends.forEach { close($0) } }
        let sink = sink(ends[0], limit: 1000)
        for index in 0..<100_000 where sink.dropped == 0 {
            sink.write(Array("line \(index)\n".utf8))
        }
        #expect(sink.dropped == 1)
    }

    @Test func `a full disk does not wait`() throws {
        let full = open("/dev/full", O_WRONLY)
        try #require(full >= 0)
        defer { close(full) }
        let sink = sink(full, limit: 100)
        for _ in 0..<100 { sink.write(Array("line\n".utf8)) }
        #expect(sink.dropped == 80)
    }
}
