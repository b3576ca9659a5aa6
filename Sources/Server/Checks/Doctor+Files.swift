import Files
import Glibc
import SQL

extension Doctor {
    /// Whether there is a place for what users upload, and room in it.
    var uploads: Finding {
        let path = settings.filesDirectory
        guard access(path, F_OK) == 0 else {
            guard settings.files.directory != nil else {
                return .ok("uploads", "\(path) does not exist yet; the first upload makes it")
            }
            return .warning(
                "uploads",
                "\(path) does not exist: make it, and see that the disk is mounted that it is on")
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            return .failure("uploads", "\(path) cannot be written by this user")
        }
        let kept = settings.files.keepFree
        guard let free = Files.freeBytes(path), free >= kept.bytes else {
            return .warning(
                "uploads",
                "the disk of \(path) has less than \(kept) free (files.keepFree): uploads are refused"
            )
        }
        return .ok("uploads", "\(path), \(free >> 20) MiB free")
    }

    /// Whether the directory is the database's, and has what it knows of. Nothing, where their tables are
    /// yet to come.
    func files(_ database: any Database) async -> [Finding] {
        let report = try? await DirectoryReport(
            on: settings.filesDirectory, database, environment.randomness)
        guard let report else { return [] }
        if let foreign = report.foreign { return [.failure("uploads", foreign.description)] }
        guard let first = report.missing.first else {
            return report.sampled == 0
                ? [] : [.ok("uploads", "the newest \(report.sampled) are there")]
        }
        return [
            .failure(
                "uploads",
                "of the newest \(report.sampled) files \(report.missing.count) are not there, such as "
                    + "\(first): is the disk mounted, and the directory restored?")
        ]
    }
}
