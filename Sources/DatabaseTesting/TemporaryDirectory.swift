import Glibc

/// A new directory that only this user can enter, in /tmp whatever TMPDIR says: a socket's path has
/// room for 107 bytes.
package func makeTemporaryDirectory(_ prefix: String) -> String? {
    guard let path = strdup("/tmp/\(prefix)-XXXXXX") else { return nil }
    defer { free(path) }
    return mkdtemp(path).map { String(cString: $0) }
}
