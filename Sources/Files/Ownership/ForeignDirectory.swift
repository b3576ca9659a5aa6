import Values

/// The directory of files is another database's, as far as anybody can tell. Nothing in it is touched.
package struct ForeignDirectory: Error, Hashable, Sendable, CustomStringConvertible {
    enum Reason: Hashable, Sendable {
        case marked(ID<FileDirectory>)
        case illegible
        /// It has no mark, and files of which the database knows none.
        case unknownFiles
    }

    let directory: String
    let reason: Reason

    package var description: String {
        "\(finding). Nothing in it is touched. Give this database its own directory "
            + "(files.directory), or these files their database (database.url). If they belong "
            + "together, as after restoring a backup on purpose: `atrium files adopt`."
    }

    private var finding: String {
        switch reason {
        case .marked(let id):
            "The files in \(directory) are another database's: \(DirectoryMark.name) there names "
                + "\(id)"
        case .illegible:
            "Nobody can tell whose the files in \(directory) are: \(DirectoryMark.name) there "
                + "names no database"
        case .unknownFiles:
            "The files in \(directory) are another database's: this one knows none of them"
        }
    }
}
