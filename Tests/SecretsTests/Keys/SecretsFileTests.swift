import Glibc
import Secrets
import Testing
import Values

@Suite struct SecretsFileTests {
    /// Runs `body` with a directory that did not exist before and will not after.
    private func withDirectory(_ body: (String) throws -> Void) throws {
        var template = Array("/tmp/atrium-secrets-XXXXXX".utf8CString)
        let made = mkdtemp(&template)
        let directory = String(cString: try #require(made))
        defer { remove(directory) }
        try body(directory)
    }

    private func remove(_ directory: String) {
        for path in [directory + "/secrets", directory] {
            for name in names(in: path) { unlink(path + "/" + name) }
            rmdir(path)
        }
    }

    private func names(in directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    private func write(_ text: String, to path: String, mode: mode_t) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode)
        _ = text.withCString { Glibc.write(file, $0, strlen($0)) }
        close(file)
        chmod(path, mode)
    }

    @Test func `a secret is made once and kept for its owner alone`() throws {
        try withDirectory { directory in
            let secrets = SecretsFile(directory: directory + "/secrets", randomness: .system)
            let made = try secrets.findOrMake("cookie").exposed
            #expect(made.utf8.count == 43)
            #expect(try secrets.findOrMake("cookie").exposed == made)
            #expect(try secrets.findOrMake("encryption").exposed != made)
            #expect(mode(directory + "/secrets") == 0o700)
            #expect(mode(directory + "/secrets/cookie") == 0o600)
            #expect(names(in: directory + "/secrets").sorted() == ["cookie", "encryption"])
        }
    }

    @Test func `a secret that others can read is refused`() throws {
        try withDirectory { directory in
            let secrets = SecretsFile(directory: directory + "/secrets", randomness: .system)
            _ = try secrets.findOrMake("cookie")
            let path = directory + "/secrets/cookie"
            chmod(path, 0o640)
            #expect(throws: SecretsFileError.exposed(path: path, mode: 0o640)) {
                try secrets.findOrMake("cookie")
            }
            chmod(path, 0o600)
            chmod(directory + "/secrets", 0o755)
            #expect(throws: SecretsFileError.self) { try secrets.findOrMake("cookie") }
        }
    }

    @Test(arguments: ["", "\n", "two\nlines\n", String(repeating: "x", count: 5000), "\u{0}\n\n"])
    func `what holds no secret is never replaced`(content: String) throws {
        try withDirectory { directory in
            let secrets = SecretsFile(directory: directory + "/secrets", randomness: .system)
            _ = try secrets.findOrMake("other")
            let path = directory + "/secrets/cookie"
            write(content, to: path, mode: 0o600)
            #expect(throws: SecretsFileError.malformed(path: path)) {
                try secrets.findOrMake("cookie")
            }
        }
    }

    @Test func `a link or a directory in a secret's place is refused`() throws {
        try withDirectory { directory in
            let secrets = SecretsFile(directory: directory + "/secrets", randomness: .system)
            _ = try secrets.findOrMake("real")
            symlink(directory + "/secrets/real", directory + "/secrets/cookie")
            #expect(throws: SecretsFileError.self) { try secrets.findOrMake("cookie") }
        }
    }
}
