import SQL

/// Compares the tables of a database with what is declared, and makes them the same.
package struct SchemaUpdate: Sendable {
    package let tables: [TableShape]
    private let renames: [SQLIdentifier: [SQLIdentifier: SQLIdentifier]]

    package init(_ catalog: ResourceCatalog) {
        self.init(catalog.tables, renames: catalog.renames)
    }

    package init(
        _ tables: [TableShape], renames: [SQLIdentifier: [SQLIdentifier: SQLIdentifier]] = [:]
    ) {
        self.tables = tables
        self.renames = renames
    }

    /// Data that is there and would be lost, or stands in the way.
    package struct FoundLoss: Sendable, CustomStringConvertible {
        package let loss: DataLoss
        package let rows: Int

        package var description: String {
            "\(loss.table.name): \(loss.words) (\(rows) \(rows == 1 ? "row" : "rows"))"
        }
    }

    /// What must change, with the data that it concerns.
    package struct Comparison: Sendable {
        package let diff: SchemaDiff
        package let losses: [FoundLoss]

        /// Losses that even whoever allows them cannot have.
        package var obstacles: [FoundLoss] { losses.filter(\.loss.isFinal) }
    }

    package func diff(from found: [TableShape]) -> SchemaDiff {
        SchemaDiff(from: found, to: tables, renames: renames)
    }

    /// Looks at the database and changes nothing. Counting may take long where there is much.
    package func compare(with database: any Database) async throws(DatabaseError) -> Comparison {
        let diff = diff(from: try await FoundTables.read(on: database.engine, database))
        var losses: [FoundLoss] = []
        for loss in diff.losses {
            let rows = try await database.first(loss.count, returning: Single<Int>.self)?.value ?? 0
            if rows > 0 { losses.append(FoundLoss(loss: loss, rows: rows)) }
        }
        return Comparison(diff: diff, losses: losses)
    }

    /// Why nothing was changed.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// The tables are not what they were when they were compared.
        case changedMeanwhile
        /// What came out is not what was declared: these statements would be next.
        case notAsDeclared(String)

        package var description: String {
            switch self {
            case .changedMeanwhile: "Somebody else changed the tables at the same time. Try again."
            case .notAsDeclared(let script):
                "The tables did not become what was declared, nothing was kept. This is a defect: "
                    + "report it with the declaration, and with what would come next:\n\(script)"
            }
        }
    }

    /// Makes the change in a transaction that has the migrations' lock, and looks whether the tables
    /// are then what was declared; otherwise nothing is kept.
    package func apply(
        _ comparison: Comparison, mends: Bool, on transaction: any Transaction
    ) async throws {
        let engine = transaction.engine
        let found = try await FoundTables.read(on: engine, transaction)
        guard Self.areSame(found, comparison.diff.from) else { throw Refusal.changedMeanwhile }
        try await transaction.runScript(
            SchemaPlan(comparison.diff, for: engine, mends: mends).script)
        let made = diff(from: try await FoundTables.read(on: engine, transaction))
        guard made.isEmpty else {
            throw Refusal.notAsDeclared(SchemaPlan(made, for: engine, mends: false).script)
        }
    }

    /// Whether these are the same tables, in whatever order their parts are.
    package static func areSame(_ left: [TableShape], _ right: [TableShape]) -> Bool {
        Set(left.map(\.normalized)) == Set(right.map(\.normalized))
    }
}

extension SchemaDiff {
    /// The tables that are concerned.
    package var names: [String] {
        (created.map(\.name) + changed.map(\.to.name) + dropped.map(\.name)).map(\.name)
    }
}
