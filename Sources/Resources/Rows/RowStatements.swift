import Identity
import SQL
import Values

/// The statements that find and change rows of one resource.
///
/// Who may is a condition in each of them. Their texts depend on the resource, on the engine and on
/// whether the caller is a user, an organization or nobody, never on what is written: all fields are
/// written at once.
struct RowStatements: Sendable {
    let resource: Resource
    let engine: Engine
    let seal: FieldSeal

    private typealias Column = Resource.Column

    /// Reads the rows that the statements return.
    var read: @Sendable (inout Row) throws(DatabaseError) -> ResourceRow {
        { [resource, seal] row throws(DatabaseError) in
            try ResourceRow(row: &row, resource, seal)
        }
    }

    /// Reads the rows of a list, each with how many there are in all, where they are counted.
    func read(
        _ list: ListSQL
    ) -> @Sendable (inout Row) throws(DatabaseError) -> (row: ResourceRow, total: Int?) {
        let isCounted = list.isCounted
        return { [resource, seal] row throws(DatabaseError) in
            let total = isCounted ? try row.next(Int.self) : nil
            return (try ResourceRow(row: &row, resource, seal), total)
        }
    }

    /// Finds the rows of a list's page and how many there are in all: `read`, without a value of its
    /// own for each row.
    func page(
        _ list: ListSQL, in database: any Database
    ) async throws(DatabaseError) -> (rows: [ResourceRow], total: Int?) {
        let (resource, seal, isCounted) = (resource, seal, list.isCounted)
        let sql = list.page
        let core = sql.core(.scan, reading: read(list))
        return try await database.run(core, bind: sql.bind) { rows throws(DatabaseError) in
            var found: (rows: [ResourceRow], total: Int?) = ([], nil)
            found.rows.reserveCapacity(list.query.limit)
            while var row = try rows.nextRow() {
                if isCounted, found.total == nil {
                    found.total = try row.next(Int.self)
                } else if isCounted {
                    row.skip()
                }
                found.rows.append(try ResourceRow(row: &row, resource, seal))
            }
            return found
        }
    }

    private var columns: SQLNames { resource.columns }

    /// What a row must meet to be there for the API.
    var living: SQLFragment { resource.isSoft ? "\(Column.deletedAt) IS NULL" : "TRUE" }

    // MARK: One row

    func find(_ id: ID<ResourceRow>, _ condition: RuleCondition) -> SQLFragment {
        """
        SELECT \(columns) FROM \(resource.table) \
        WHERE \(Column.id) = \(id) AND \(living) AND \(condition.sql)
        """
    }

    /// Whether it was deleted or not.
    func findAny(_ id: ID<ResourceRow>, _ condition: RuleCondition) -> SQLFragment {
        """
        SELECT \(columns) FROM \(resource.table) \
        WHERE \(Column.id) = \(id) AND \(condition.sql)
        """
    }

    /// Makes every other change of the row wait, and who wants to refer to it.
    func lock(_ id: ID<ResourceRow>, _ condition: RuleCondition) -> SQLFragment {
        find(id, condition) + forChange
    }

    /// Keeps the row from being deleted before the transaction's end.
    func hold(_ id: ID<ResourceRow>, _ condition: RuleCondition) -> SQLFragment {
        """
        SELECT \(Column.id) FROM \(resource.table) \
        WHERE \(Column.id) = \(id) AND \(living) AND \(condition.sql)\(forReference)
        """
    }

    /// Returns the row as the database keeps it; nothing where the rule does not hold.
    func insert(_ row: ResourceRow, if condition: RuleCondition) -> SQLFragment {
        let owners = owners(of: row)
        let names = [Column.id] + owners.map(\.column) + resource.fields.map(\.column)
        let values = ["\(row.id)"] + owners.map(\.value) + fieldValues(of: row)
        return """
            INSERT INTO \(resource.table) (\(SQLNames(names)), \
            \(Column.createdAt), \(Column.updatedAt)) \
            SELECT \(values.joined(by: ", ")), \(row.createdAt), \(row.updatedAt) \
            WHERE \(condition.sql) RETURNING \(columns)
            """
    }

    /// Writes all fields of a row whose state is still `version`.
    func update(
        _ row: ResourceRow, from version: Instant, _ condition: RuleCondition
    ) -> SQLFragment {
        let fields = zip(resource.fields, fieldValues(of: row)).map { field, value in
            "\(field.column) = \(value), " as SQLFragment
        }
        return """
            UPDATE \(resource.table) SET \(fields.joined(by: ""))\(Column.updatedAt) = \(row.updatedAt) \
            WHERE \(Column.id) = \(row.id) AND \(living) AND \(Column.updatedAt) = \(version) \
            AND \(condition.sql) RETURNING \(columns)
            """
    }

    /// Takes a row away, or hides it.
    func remove(_ id: ID<ResourceRow>, at now: Instant, _ condition: RuleCondition) -> SQLFragment {
        let rows: SQLFragment = "\(Column.id) = \(id) AND \(living) AND \(condition.sql)"
        let removed: SQLFragment =
            resource.isSoft ? hide(rows, at: now) : "DELETE FROM \(resource.table) WHERE \(rows)"
        return "\(removed) RETURNING \(Column.id)"
    }

    /// Brings back what was deleted at `moment`: not what was restored and deleted anew meanwhile,
    /// with other rows.
    func restore(
        _ id: ID<ResourceRow>, from moment: Instant, _ condition: RuleCondition
    ) -> SQLFragment {
        """
        UPDATE \(resource.table) SET \(Column.deletedAt) = NULL \
        WHERE \(Column.id) = \(id) AND \(Column.deletedAt) = \(moment) AND \(condition.sql) \
        RETURNING \(columns)
        """
    }

    // MARK: Rows of a user

    /// Those before `id`, the last one first.
    func ids(of user: ID<User>, before id: ID<ResourceRow>, limit: Int) -> SQLFragment {
        """
        SELECT \(Column.id) FROM \(resource.table) \
        WHERE \(Column.userID) = \(user) AND \(living) AND \(Column.id) < \(id) \
        ORDER BY \(Column.id) DESC LIMIT \(limit)
        """
    }

    // MARK: Rows that go and come with another

    /// Those that refer to some of `ids`, locked.
    func lock(
        _ field: Resource.Field, refersTo ids: IDList, limit: Int
    ) -> SQLFragment {
        """
        SELECT \(columns) FROM \(resource.table) \
        WHERE \(ids.contains(field.column, on: engine)) AND \(living) \
        ORDER BY \(Column.id) LIMIT \(limit)\(forChange)
        """
    }

    /// One that refers to some of `ids` and is none of `others`; deleted ones, too, where what they
    /// refer to goes for good.
    func findOne(
        _ field: Resource.Field, refersTo ids: IDList, noneOf others: IDList, isForGood: Bool
    ) -> SQLFragment {
        let there: SQLFragment = isForGood ? "TRUE" : living
        return """
            SELECT \(Column.id) FROM \(resource.table) \
            WHERE \(ids.contains(field.column, on: engine)) \
            AND NOT (\(others.contains(Column.id, on: engine))) AND \(there) LIMIT 1
            """
    }

    func delete(_ ids: IDList) -> SQLFragment {
        "DELETE FROM \(resource.table) WHERE \(ids.contains(Column.id, on: engine))"
    }

    func hide(_ ids: IDList, at now: Instant) -> SQLFragment {
        hide("\(ids.contains(Column.id, on: engine)) AND \(living)", at: now)
    }

    private func hide(_ rows: SQLFragment, at now: Instant) -> SQLFragment {
        "UPDATE \(resource.table) SET \(Column.deletedAt) = \(now) WHERE \(rows)"
    }

    /// Those that refer to some of `ids` and went at one moment.
    func findDeleted(
        _ field: Resource.Field, refersTo ids: IDList, at moment: Instant, limit: Int
    ) -> SQLFragment {
        """
        SELECT \(columns) FROM \(resource.table) \
        WHERE \(ids.contains(field.column, on: engine)) AND \(Column.deletedAt) = \(moment) \
        ORDER BY \(Column.id) LIMIT \(limit)
        """
    }

    /// Keeps those of `ids` that are there from being deleted, and returns them.
    func hold(_ ids: IDList) -> SQLFragment {
        """
        SELECT \(Column.id) FROM \(resource.table) \
        WHERE \(ids.contains(Column.id, on: engine)) AND \(living) \
        ORDER BY \(Column.id)\(forReference)
        """
    }

    func restore(_ ids: IDList, from moment: Instant) -> SQLFragment {
        """
        UPDATE \(resource.table) SET \(Column.deletedAt) = NULL \
        WHERE \(ids.contains(Column.id, on: engine)) AND \(Column.deletedAt) = \(moment) \
        RETURNING \(columns)
        """
    }

    // MARK: Pieces

    /// SQLite has one writer, for whom nobody has to wait.
    private var forChange: SQLFragment { engine == .sqlite ? "" : " FOR NO KEY UPDATE" }

    /// Stronger than what a foreign key takes: hiding a row changes no key.
    private var forReference: SQLFragment { engine == .sqlite ? "" : " FOR SHARE" }

    private func owners(of row: ResourceRow) -> [(column: SQLIdentifier, value: SQLFragment)] {
        switch resource.owner {
        case .none: []
        case .user: [(Column.userID, SQLFragment(bind: row.userID))]
        case .organization:
            [
                (Column.userID, SQLFragment(bind: row.userID)),
                (Column.organizationID, SQLFragment(bind: row.organizationID)),
            ]
        }
    }

    private func fieldValues(of row: ResourceRow) -> [SQLFragment] {
        zip(resource.fields, row.values).map { field, value in
            seal.bind(value, field, of: row.id, in: resource)
        }
    }
}
