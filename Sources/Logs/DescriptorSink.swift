import Glibc
import Synchronization
import Values

/// Writes lines to a file descriptor without ever waiting for it.
///
/// Of a pipe or terminal whose reader is slow, a socket or a full disk, what does not fit is kept, up
/// to a limit; lines beyond it are dropped, counted, and told of by a line of their own once there is
/// room again. A descriptor that is closed swallows everything. The process must ignore SIGPIPE, as
/// every server does; `standardOutput` sees to it.
package final class DescriptorSink: LogSink {
    /// When lines are passed on.
    package enum Flushing: Sendable {
        /// Each at once, with one `write`.
        case everyLine
        /// When there are so many bytes, or when told to: for a loop that flushes as its tick ends.
        case batches(bytes: Int)
    }

    private let descriptor: Int32
    private let kind: Kind
    private let flushAt: Int
    private let limit: Int
    private let format: LogFormat
    private let clock: Clock
    private let state = Mutex(State())

    private struct State {
        var kept: [UInt8] = []
        /// Bytes at the front of `kept` that are written already.
        var written = 0
        var dropped = 0
        var isClosed = false
    }

    /// `limit` is the most that is kept, in bytes; format and clock are for the line about dropped
    /// ones.
    package init(
        _ descriptor: Int32, format: LogFormat, clock: Clock, flushing: Flushing = .everyLine,
        limit: Int = 1 << 20
    ) {
        self.descriptor = descriptor
        (self.format, self.clock) = (format, clock)
        self.limit = limit
        kind = Self.kind(of: descriptor)
        flushAt =
            switch flushing {
            case .everyLine: 0
            case .batches(let bytes): bytes
            }
    }

    /// Standard output, with SIGPIPE ignored from now on: a reader that goes away must not take the
    /// server with it.
    package static func standardOutput(
        format: LogFormat, clock: Clock, flushing: Flushing = .everyLine
    ) -> DescriptorSink {
        signal(SIGPIPE, SIG_IGN)
        return DescriptorSink(STDOUT_FILENO, format: format, clock: clock, flushing: flushing)
    }

    /// Lines that were dropped and not yet told of.
    package var dropped: Int { state.withLock { $0.dropped } }

    package func write(_ line: [UInt8]) {
        state.withLock { state in
            guard !state.isClosed else { return }
            if state.kept.count - state.written + line.count > limit {
                drain(&state)
                guard state.kept.count + line.count <= limit else {
                    state.dropped += 1
                    return
                }
            }
            state.kept += line
            if state.kept.count >= flushAt { drain(&state) }
        }
    }

    package func flush() {
        state.withLock { drain(&$0) }
    }

    private func drain(_ state: inout State) {
        guard writeKept(&state), state.dropped > 0 else { return }
        state.kept = lineAboutDropped(state.dropped)
        state.dropped = 0
        _ = writeKept(&state)
    }

    /// Whether all that was kept is written.
    private func writeKept(_ state: inout State) -> Bool {
        while state.written < state.kept.count, !state.isClosed {
            switch writeSome(state.kept[state.written...]) {
            case .wrote(let count): state.written += count
            case .closed: state.isClosed = true
            case .full:
                state.kept.removeFirst(state.written)
                state.written = 0
                return false
            }
        }
        state.kept.removeAll(keepingCapacity: state.kept.capacity <= 1 << 16)
        state.written = 0
        return !state.isClosed
    }

    private func lineAboutDropped(_ count: Int) -> [UInt8] {
        format.bytes(
            of: LogLine(
                instant: clock.now, level: .warn, message: "log lines were dropped",
                fields: ["count": LogValue(count)]))
    }
}

// MARK: Writing without waiting

extension DescriptorSink {
    /// How a descriptor is written to without waiting. Its own flags are left alone: whoever started
    /// the process shares them.
    private enum Kind { case file, socket, other }

    private enum Outcome {
        case wrote(Int)
        case full, closed
    }

    private static func kind(of descriptor: Int32) -> Kind {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return .other }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFSOCK: return .socket
        default: return .other
        }
    }

    private func writeSome(_ bytes: ArraySlice<UInt8>) -> Outcome {
        bytes.withUnsafeBytes { bytes in
            switch kind {
            case .file: outcome(Glibc.write(descriptor, bytes.baseAddress, bytes.count))
            case .socket:
                outcome(
                    send(
                        descriptor, bytes.baseAddress, bytes.count,
                        Int32(MSG_DONTWAIT | MSG_NOSIGNAL)))
            case .other: writeWhereThereIsRoom(bytes)
            }
        }
    }

    /// A pipe that says it has room takes a page at once without waiting.
    private func writeWhereThereIsRoom(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&room, 1, 0) == 1 else { return .full }
        guard Int32(room.revents) & (POLLERR | POLLNVAL) == 0 else { return .closed }
        guard Int32(room.revents) & POLLOUT != 0 else { return .full }
        return outcome(Glibc.write(descriptor, bytes.baseAddress, min(bytes.count, 4096)))
    }

    /// A disk that is full, or an interrupted call, may do better next time.
    private func outcome(_ count: Int) -> Outcome {
        if count > 0 { return .wrote(count) }
        return count < 0 && (errno == EPIPE || errno == EBADF) ? .closed : .full
    }
}
