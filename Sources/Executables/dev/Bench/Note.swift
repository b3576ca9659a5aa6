import SQL

/// A row whose key PostgreSQL makes and gives back.
enum Note {
    static let schema = """
        CREATE TABLE notes (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner bigint NOT NULL,
            title text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
        CREATE INDEX notes_owner ON notes (owner, id);
        """

    static let insert = Statement(
        .write, "INSERT INTO notes (owner, title) VALUES ($1, $2) RETURNING id",
        binds: Int.self, String.self, returns: Single<Int>.self)
}
