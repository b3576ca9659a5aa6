import SQL
import Values

/// The directory of a database's files, as the database knows it: the one row of `file_directory`, which
/// is there once there has been a directory.
enum FileDirectory {
    static let find = Statement(
        .point, "SELECT mark FROM file_directory WHERE id = 1",
        returns: Single<ID<FileDirectory>>.self)

    /// The id that is there already, or else this one: of nodes that start at once, all get the same.
    static let insertOrFind = Statement(
        .write,
        """
        INSERT INTO file_directory (id, mark, created_at) VALUES (1, $1, $2)
        ON CONFLICT (id) DO UPDATE SET mark = file_directory.mark
        RETURNING mark
        """, binds: ID<FileDirectory>.self, Instant.self,
        returns: Single<ID<FileDirectory>>.self)

    static let statements: [StatementCore] = [find.core, insertOrFind.core]
}
