import CLinux
import Glibc

/// Bytes that the socket has not taken yet, in the pieces in which they were given.
struct PendingOutput {
    private var pieces: [[UInt8]] = []
    /// Where the first piece goes on.
    private var start = 0
    private(set) var count = 0

    private static let piecesPerSend = 16
    /// Short pieces are put together up to here: each of its own costs more than its bytes.
    private static let joinedBytes = 16 * 1024
    private static let shortBytes = 512

    var isEmpty: Bool { count == 0 }

    mutating func append(_ bytes: [UInt8]) {
        if bytes.isEmpty { return }
        pieces.append(bytes)
        count += bytes.count
    }

    /// Adds a piece that may be sent together with the one before it, and is forgotten with it.
    mutating func append(whole bytes: [UInt8]) {
        guard bytes.count <= Self.shortBytes, let last = pieces.indices.last,
            last > 0 || start == 0, pieces[last].count + bytes.count <= Self.joinedBytes
        else { return append(bytes) }
        pieces[last] += bytes
        count += bytes.count
    }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) { append(Array(bytes)) }

    mutating func removeAll() { self = PendingOutput() }

    /// Keeps the piece that the socket has taken a part of, and nothing else. Whether there was more.
    mutating func removeUnbegun() -> Bool {
        let kept = start > 0 ? 1 : 0
        guard pieces.count > kept else { return false }
        pieces.removeLast(pieces.count - kept)
        count = pieces.first.map { $0.count - start } ?? 0
        return true
    }

    /// Sends as much as the socket takes. How much that was, or -1 when the peer is gone.
    mutating func send(to socket: Int32) -> Int {
        var total = 0
        while !isEmpty {
            let sent = sendOnce(to: socket)
            if sent < 0 {
                let errno = linux_errno()
                if errno == EINTR { continue }
                return errno == EAGAIN ? total : -1
            }
            drop(sent)
            total += sent
        }
        return total
    }

    private func sendOnce(to socket: Int32) -> Int {
        let batch = pieces.prefix(Self.piecesPerSend)
        if batch.count == 1 {
            return pieces[0].withUnsafeBytes { bytes in
                linux_send(socket, bytes.baseAddress! + start, bytes.count - start)
            }
        }
        // The arrays stay alive and in place while `batch` holds them: an array's elements are
        // stored out of line.
        return withUnsafeTemporaryAllocation(of: iovec.self, capacity: batch.count) { vectors in
            for (index, piece) in batch.enumerated() {
                let skipped = index == 0 ? start : 0
                piece.withUnsafeBytes { bytes in
                    vectors[index] = iovec(
                        iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress! + skipped),
                        iov_len: bytes.count - skipped)
                }
            }
            return withExtendedLifetime(batch) {
                linux_send_pieces(socket, vectors.baseAddress!, Int32(batch.count))
            }
        }
    }

    private mutating func drop(_ sent: Int) {
        count -= sent
        var rest = sent + start
        var done = 0
        while done < pieces.count, rest >= pieces[done].count {
            rest -= pieces[done].count
            done += 1
        }
        pieces.removeFirst(done)
        start = rest
    }
}
