import SQL

/// The rows that have all words, by the engine's index of words.
///
/// The engine shall not think of going through the rows in their order and look for the words in
/// each: where few rows have them, that is the whole table. So the words are looked up first, and
/// what was found is sorted.
struct ListSearch {
    private let words: SearchWords
    private let engine: Engine
    private let table: SQLIdentifier

    init(_ words: SearchWords, engine: Engine, table: SQLIdentifier) {
        (self.words, self.engine, self.table) = (words, engine, table)
    }

    /// What follows FROM.
    func source(_ conditions: SQLFragment) -> SQLFragment {
        if words.list.isEmpty { return "\(table) WHERE FALSE" }
        let index = SearchSQL.indexName(of: table)
        switch engine {
        case .sqlite:
            // A CROSS JOIN is one from left to right.
            return """
                \(index) CROSS JOIN \(table) ON \(table).\(Resource.Column.rowID) = \(index).rowid \
                WHERE \(index) MATCH \(words.sqlite) AND \(conditions)
                """
        case .postgres:
            // An OFFSET keeps the outer ORDER BY and LIMIT from what the inner does.
            return """
                (SELECT * FROM \(table) WHERE \(table).\(Resource.Column.searchText) \
                @@ to_tsquery('simple', \(words.postgres)) AND \(conditions) OFFSET 0) AS \(table)
                """
        }
    }
}
