import SQL

/// Reads the tables of resources back from a database, as the shapes that they have.
package struct FoundTables {
    private let engine: Engine
    private let runner: any StatementRunner

    /// All of them, in no special order.
    package static func read(
        on engine: Engine, _ runner: any StatementRunner
    ) async throws(DatabaseError) -> [TableShape] {
        let reader = FoundTables(engine: engine, runner: runner)
        var tables: [TableShape] = []
        for name in try await runner.all(registered) {
            guard let name = try? SQLIdentifier(name.value) else { continue }
            if let table = try await reader.table(name) { tables.append(table) }
        }
        return tables
    }

    /// Nil for one that somebody dropped.
    private func table(_ name: SQLIdentifier) async throws(DatabaseError) -> TableShape? {
        let columns = try await runner.all(Self.columns, name.name)
        if columns.isEmpty { return nil }
        let checks = try await checks(of: name)
        let references = try await runner.all(Self.references, name.name)
        let indexes = try await runner.all(Self.indexes, name.name)
        let words = columns.first { $0.name == Resource.Column.searchText.name }?.defaultText
        let known = [Resource.Column.rowID, Resource.Column.searchText].map(\.name)
        return TableShape(
            name: name,
            columns: columns.filter { !known.contains($0.name) }.compactMap {
                column($0, checks[$0.name] ?? [], references)
            },
            indexes: indexes.compactMap { IndexShape($0) },
            search: try await search(of: name, words))
    }

    // MARK: Columns

    private func checks(
        of table: SQLIdentifier
    ) async throws(DatabaseError) -> [String: [ColumnCheck]] {
        let rows = try await runner.all(Self.checks, table.name)
        var checks: [String: [ColumnCheck]] = [:]
        for row in rows {
            if engine == .postgres {
                let words = SQLWords(row.second)
                checks[row.first, default: []].append(ColumnCheck(words, of: row.first))
                continue
            }
            for part in SQLWords(row.second).parts {
                guard case .name(let column)? = part.list.first else { continue }
                checks[column] = part.checks.map { ColumnCheck($0, of: column) }
            }
        }
        return checks
    }

    private func column(
        _ found: Column, _ checks: [ColumnCheck], _ references: [Reference]
    ) -> ColumnShape? {
        guard let name = try? SQLIdentifier(found.name) else { return nil }
        let check = checks.count > 1 ? .other("\(checks)") : checks.first
        var shape = ColumnShape(
            name,
            engine == .sqlite
                ? ColumnType(sqlite: found.type, check) : ColumnType(postgres: found.type, check),
            isNullable: found.isNullable)
        if let text = found.defaultText {
            shape.defaultValue = SQLLiteral(SQLWords(text).bare, for: shape.type)
            if shape.defaultValue == nil { shape.type = .other("\(found.type) default \(text)") }
        }
        if let reference = references.first(where: { $0.column == found.name }) {
            shape.reference = ColumnShape.Reference(reference)
            if shape.reference == nil { shape.type = .other("\(found.type) \(reference.action)") }
        }
        return shape
    }

    // MARK: Search

    /// A search that is not as it should be has a column that no search has, so that it is made
    /// anew.
    private static let broken = [Resource.Column.rowID]

    private func search(
        of table: SQLIdentifier, _ words: String?
    ) async throws(DatabaseError) -> [SQLIdentifier] {
        let name = SearchSQL.indexName(of: table)
        let rows = try await runner.all(Self.searches, table.name, name.name)
        switch engine {
        case .postgres:
            guard let words else { return [] }
            return rows.isEmpty ? Self.broken : Self.columns(ofWords: words)
        case .sqlite: return columns(of: table, rows)
        }
    }

    private static func columns(ofWords text: String) -> [SQLIdentifier] {
        let words = SQLWords(text).bare
        let columns = zip(words, words.dropFirst()).compactMap { word, next -> SQLIdentifier? in
            guard word == .name("coalesce"), case .name(let name) = next else { return nil }
            return try? SQLIdentifier(name)
        }
        let expected = SQLWords(SearchSQL.words(columns).text).bare
        return expected == words ? columns : broken
    }

    private func columns(of table: SQLIdentifier, _ rows: [Pair]) -> [SQLIdentifier] {
        if rows.isEmpty { return [] }
        let writer = SearchSQL(engine: .sqlite, table: table)
        let name = SearchSQL.indexName(of: table).name
        guard let text = rows.first(where: { $0.first == name })?.second else { return Self.broken }
        let columns = SQLWords(text).parts.compactMap { part -> SQLIdentifier? in
            guard part.list.count == 1, case .name(let name) = part.list[0] else { return nil }
            return try? SQLIdentifier(name)
        }
        let expected = [writer.virtualTable(columns)] + writer.triggers(columns).map(\.sql)
        return Set(expected.map(\.text)) == Set(rows.map(\.second)) ? columns : Self.broken
    }
}

extension IndexShape {
    fileprivate init?(_ found: FoundTables.Index) {
        guard let name = try? SQLIdentifier(found.name) else { return nil }
        let names = found.columns.split(separator: ",")
        let columns = names.compactMap { try? SQLIdentifier(String($0)) }
        let words = SQLWords(found.condition).bare
        let condition = words.lastIndex(of: .name("where")).map { Array(words[($0 + 1)...]) }
        let living: [SQLWords.Word] = [
            .name(Resource.Column.deletedAt.name), .name("is"), .name("null"),
        ]
        guard columns.count == names.count, condition == nil || condition == living else {
            // Something else under this name: it goes, and what is declared comes.
            self.init(name, [])
            return
        }
        self.init(name, columns, isUnique: found.isUnique, isOfLiving: condition != nil)
    }
}

extension ColumnShape.Reference {
    fileprivate init?(_ found: FoundTables.Reference) {
        guard let table = try? SQLIdentifier(found.table),
            let action = ColumnShape.OnDelete(rawValue: found.action)
        else { return nil }
        self.init(table, action)
    }
}

extension SQLLiteral {
    /// A default as an engine tells it; nil for an expression.
    fileprivate init?(_ words: [SQLWords.Word], for type: ColumnType) {
        let sign = words.first == .symbol("-") ? "-" : ""
        let rest = words.dropFirst(sign.count)
        guard rest.count == 1, let word = rest.last, let value = word.value else { return nil }
        if case .name = word, !["true", "false"].contains(value) { return nil }
        let text = sign + value
        switch type {
        case .integer:
            guard let number = Int64(text) else { return nil }
            self.init(number)
        case .number:
            guard let number = Double(text), let literal = try? SQLLiteral(number) else {
                return nil
            }
            self = literal
        case .boolean: self.init(text == "true")
        default:
            guard let literal = try? SQLLiteral(text) else { return nil }
            self = literal
        }
    }
}
