/// What an engine says about a statement that it has prepared and not run.
package struct StatementDescription: Sendable {
    /// A column of the result, as far as the engine tells.
    package struct Column: Sendable {
        package var name: String
        /// Which of our types the column can be read as; nil when the engine does not tell (SQLite
        /// knows no types of expressions).
        package var types: [SQLType]?
        /// Nil when the engine does not tell.
        package var isNullable: Bool?

        package init(name: String, types: [SQLType]?, isNullable: Bool? = nil) {
            self.name = name
            self.types = types
            self.isNullable = isNullable
        }
    }

    /// The highest parameter number that the text uses.
    package var parameterCount: Int
    package var columns: [Column]
    /// Whether it may change rows; nil when the engine does not tell.
    package var isWrite: Bool?

    package init(parameterCount: Int, columns: [Column], isWrite: Bool? = nil) {
        self.parameterCount = parameterCount
        self.columns = columns
        self.isWrite = isWrite
    }
}

/// An engine that can prepare a statement without running it.
package protocol StatementDescriber: Sendable {
    var engine: Engine { get }
    func describe(_ statement: StatementCore) async throws(DatabaseError) -> StatementDescription
}

/// Prepares statements and compares what the engine says with what the program binds and reads.
///
/// It sees wrong counts, types and nulls. It does not see that SQLite's `LIKE` ignores case, that
/// nulls sort first there, or that collations differ: those need tests with rows.
package struct StatementCheck {
    /// Where a statement and its declaration differ.
    package struct Problem: Hashable, Sendable, CustomStringConvertible {
        package let engine: Engine
        package let statement: String
        package let message: String

        package var description: String { "\(engine): \(message)\nin: \(statement)" }
    }

    private let describer: any StatementDescriber

    package init(on describer: any StatementDescriber) {
        self.describer = describer
    }

    package func problems(in statements: [StatementCore]) async -> [Problem] {
        var problems: [Problem] = []
        for statement in statements {
            problems += await messages(for: statement).map {
                Problem(
                    engine: describer.engine, statement: statement.text(for: describer.engine),
                    message: $0)
            }
        }
        return problems
    }

    private func messages(for statement: StatementCore) async -> [String] {
        do {
            return Self.differences(
                between: statement, and: try await describer.describe(statement))
        } catch {
            return [error.message]
        }
    }

    static func differences(
        between statement: StatementCore, and described: StatementDescription
    ) -> [String] {
        var found: [String] = []
        if described.parameterCount != statement.binds.count {
            found.append(
                "\(described.parameterCount) parameters, \(statement.binds.count) values bound")
        }
        if described.isWrite == true && statement.kind != .write {
            found.append("it writes and is declared \(statement.kind)")
        }
        let columns = statement.columns()
        if described.columns.count != columns.count
            && !(columns.isEmpty && statement.kind == .write)
        {
            found.append("\(described.columns.count) columns, the decoder reads \(columns.count)")
        }
        for (column, read) in zip(described.columns, columns) {
            found += differences(between: column, and: read)
        }
        return found
    }

    private static func differences(
        between column: StatementDescription.Column, and read: RecordedColumn
    ) -> [String] {
        var found: [String] = []
        if let types = column.types, !types.contains(read.type) {
            let names = types.map { "\($0)" }.joined(separator: " or ")
            found.append("column \(column.name) is \(names), the decoder reads \(read.type)")
        }
        if column.isNullable == true && !read.isNullable {
            found.append("column \(column.name) may be null, the decoder does not expect it")
        }
        return found
    }
}

extension StatementCore {
    package func text(for engine: Engine) -> String {
        switch engine {
        case .sqlite: sqliteText
        case .postgres: postgresText
        }
    }
}
