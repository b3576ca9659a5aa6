/// Why migrations cannot run. Nothing was changed by the one that failed.
package enum MigrationError: Error, Sendable {
    /// Two in the list have this id.
    case duplicate(String)
    /// It was applied and its text is another now.
    case changed(String)
    /// It was applied and this program does not have it: the database is newer.
    case unknown(String)
    /// A later one of the same group was applied before it.
    case outOfOrder(String)
    case failed(String, DatabaseError)
}

extension MigrationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .duplicate(let id):
            "Two migrations are called \(id)."
        case .changed(let id):
            "Migration \(id) was edited after it was applied. Undo the edit, add a new one instead."
        case .unknown(let id):
            "Migration \(id) was applied by a newer program, or by one with other modules."
        case .outOfOrder(let id):
            "Migration \(id) is new but a later one of its group was applied already."
        case .failed(let id, let error):
            "Migration \(id) failed, nothing of it was kept: \(error.message)"
        }
    }
}
