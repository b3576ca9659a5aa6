import Coding
import Glibc
import Values

/// Why a kept secret cannot be used. The path is in the message, the secret never.
package enum SecretsFileError: Error, Hashable, Sendable {
    /// A system call failed.
    case system(call: String, path: String, errno: Int32)
    /// Others than its owner may read or write it.
    case exposed(path: String, mode: UInt32)
    /// It belongs to another user, or is no plain file or directory.
    case foreign(path: String)
    /// It is empty, longer than a secret is, or not text.
    case malformed(path: String)
}

extension SecretsFileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .system(let call, let path, let errno):
            "\(call) of \(path) failed: \(String(cString: strerror(errno)))"
        case .exposed(let path, let mode):
            "\(path) is open to others (mode \(String(mode, radix: 8))): chmod go-rwx it"
        case .foreign(let path): "\(path) is not a plain file or directory of this user"
        case .malformed(let path): "\(path) holds no secret: remove it to have one made"
        }
    }
}

/// Secrets that are made once and then kept, each in a file of its own that only its owner can read:
/// how a server in development gets along without settings. In production secrets are given.
package struct SecretsFile: Sendable {
    /// The longest file that is read.
    package static let maximumCount = 4096

    private let directory: String
    private let randomness: Randomness

    /// `directory` is made when there is something to keep; the one it is in must exist.
    package init(directory: String, randomness: Randomness) {
        self.directory = directory
        self.randomness = randomness
    }

    /// The secret of that name: 32 random bytes in base64url, made when there is none. When two
    /// processes make it at once, both get the one that was there first.
    package func findOrMake(_ name: String) throws(SecretsFileError) -> Secret<String> {
        precondition(Self.isName(name), "a secret's name is a plain word")
        let path = directory + "/" + name
        try makeDirectory()
        if let secret = try read(path) { return secret }
        try make(path)
        guard let secret = try read(path) else { throw .malformed(path: path) }
        return secret
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
    }

    private func makeDirectory() throws(SecretsFileError) {
        if mkdir(directory, 0o700) != 0, errno != EEXIST { throw failed("mkdir", directory) }
        var status = stat()
        guard lstat(directory, &status) == 0 else { throw failed("stat", directory) }
        try requireOurs(status, S_IFDIR, directory)
    }

    private func read(_ path: String) throws(SecretsFileError) -> Secret<String>? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        if file < 0, errno == ENOENT { return nil }
        guard file >= 0 else { throw failed("open", path) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failed("stat", path) }
        try requireOurs(status, S_IFREG, path)
        var bytes = [UInt8](repeating: 0, count: Self.maximumCount + 1)
        let count = Glibc.read(file, &bytes, bytes.count)
        guard count >= 0 else { throw failed("read", path) }
        guard count <= Self.maximumCount,
            let text = String(validating: bytes.prefix(count), as: UTF8.self)
        else { throw .malformed(path: path) }
        let secret = text.split(whereSeparator: \.isNewline)
        guard secret.count == 1 else { throw .malformed(path: path) }
        return Secret(String(secret[0]))
    }

    /// Writes a file beside it first, so that no reader ever sees half a secret; `link` gives it its
    /// name only if no other has it.
    private func make(_ path: String) throws(SecretsFileError) {
        let draft =
            "\(directory)/.draft-\(RandomToken.make(16, of: .alphanumeric, from: randomness))"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw failed("create", draft) }
        defer { unlink(draft) }
        let line = [UInt8]((Base64URL.encode(randomness.bytes(32)) + "\n").utf8)
        let written = write(file, line, line.count) == line.count && fsync(file) == 0
        let error = errno
        close(file)
        guard written else { throw .system(call: "write", path: draft, errno: error) }
        if link(draft, path) != 0, errno != EEXIST { throw failed("link", path) }
        try syncDirectory()
    }

    private func syncDirectory() throws(SecretsFileError) {
        let file = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw failed("open", directory) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw failed("sync", directory) }
    }

    private func requireOurs(
        _ status: stat, _ kind: mode_t, _ path: String
    ) throws(SecretsFileError) {
        guard status.st_mode & S_IFMT == kind, status.st_uid == geteuid() else {
            throw .foreign(path: path)
        }
        guard status.st_mode & 0o077 == 0 else {
            throw .exposed(path: path, mode: status.st_mode & 0o777)
        }
    }

    private func failed(_ call: String, _ path: String) -> SecretsFileError {
        .system(call: call, path: path, errno: errno)
    }
}
