import Coding
import Files
import Identity
import Values

/// The `files` section: what users upload, and where it is kept ([files.md](files.md)).
package struct FileSettings: Codable, Sendable {
    /// The directory of the files. Nodes of one database share it. Without it: `files` in `data`.
    package var directory: DirectoryPath?
    /// One file. More is answered with 413.
    package var bytesMax: ByteSize = "25MB"
    /// All files of one user. More is answered with 413.
    package var userBytesMax: ByteSize = "1GB"
    /// How many files one user may have. More are answered with 413.
    package var userFilesMax: PositiveCount = 10_000
    /// Uploads that a node takes at once. More are answered with 503.
    package var uploadsMax: PositiveCount = 64
    /// Uploads of one user that a node takes at once. More are answered with 429.
    package var userUploadsMax: PositiveCount = 4
    /// How long an upload may take. After it the answer is 408; one that stands still is cut off by
    /// `http.limits.bodySpan` long before.
    package var uploadTime: TimeSpan = "30m"
    /// How long the address of a file is good for everybody who has it: so long at least, and twice as
    /// long at most.
    package var linkTime: TimeSpan = "1h"
    /// What uploads leave free of the disk. Where there is less, they are answered with 507.
    package var keepFree: ByteSize = "256MB"
    /// How long a file of which the database knows nothing is kept in `trash` before it is deleted:
    /// the time to find out that the database is an old one.
    package var keepOrphans: TimeSpan = "7d"

    init() {}
}

extension Files.Options {
    init(_ settings: Settings) {
        self.init()
        directory = settings.filesDirectory
        bytesMax = settings.files.bytesMax.bytes
        userBytesMax = settings.files.userBytesMax.bytes
        userFilesMax = settings.files.userFilesMax.value
        uploadsMax = settings.files.uploadsMax.value
        userUploadsMax = settings.files.userUploadsMax.value
        uploadTime = settings.files.uploadTime.duration
        linkTime = settings.files.linkTime.duration
        bytesKeptFree = settings.files.keepFree.bytes
        keepsOrphans = settings.files.keepOrphans.duration
    }
}

extension Settings {
    /// Where files are kept.
    var filesDirectory: String { files.directory?.text ?? data.file("files") }
}
