import CLinux
import Glibc
import Secrets
import Synchronization

/// A file that is being written, under a name that nobody looks for. Its calls block: they belong on
/// the blocking pool.
final class PartialFile: Sendable {
    private struct State {
        /// Nil once it is closed.
        var descriptor: Int32?
        var hash = RunningSHA256()
    }

    let path: String
    private let state: Mutex<State>

    /// Makes the file.
    convenience init(_ path: String) throws(StorageError) {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        let descriptor = open(path, flags, 0o600)
        guard descriptor >= 0 else { throw StorageError("\(path) cannot be made") }
        self.init(path, descriptor)
    }

    /// One that is open already.
    init(_ path: String, _ descriptor: Int32) {
        self.path = path
        state = Mutex(State(descriptor: descriptor))
    }

    deinit {
        if let descriptor = state.withLock({ $0.descriptor }) { close(descriptor) }
    }

    /// All of the bytes, or an error.
    func append(_ bytes: [UInt8]) throws(StorageError) {
        let error = state.withLock { state -> StorageError? in
            guard let descriptor = state.descriptor else {
                return StorageError(isFull: false, "\(path) is closed")
            }
            state.hash.add(bytes)
            return bytes.withUnsafeBytes { write($0, to: descriptor) }
        }
        if let error { throw error }
    }

    private func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> StorageError? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest)
            let count = Glibc.write(descriptor, piece.baseAddress, piece.count)
            if count < 0 {
                if linux_errno() == EINTR { continue }
                return StorageError("\(path) cannot be written")
            }
            rest = rest.dropFirst(count)
        }
        return nil
    }

    /// Of all that was written.
    var digest: Digest { state.withLock { $0.hash.digest } }

    /// Returns when what was written outlives the power, under its other name: that of the file's place.
    func keep(as place: String, in folder: String) throws(StorageError) {
        guard let descriptor = state.withLock({ $0.descriptor }), fsync(descriptor) == 0 else {
            throw StorageError("\(path) cannot be made durable")
        }
        guard rename(path, place) == 0 else { throw StorageError("\(place) cannot be made") }
        try Directory.sync(folder)
        finish()
    }

    /// Leaves nothing behind.
    func discard() {
        unlink(path)
        finish()
    }

    private func finish() {
        let descriptor = state.withLock { state in
            defer { state.descriptor = nil }
            return state.descriptor
        }
        if let descriptor { close(descriptor) }
    }
}
