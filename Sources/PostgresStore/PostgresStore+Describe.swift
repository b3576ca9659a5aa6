import CPostgres
import Glibc
import SQL

extension PostgresStore: StatementDescriber {
    /// Prepares on a connection of its own, in a thread that may wait: for tests and for `doctor`.
    package func describe(
        _ statement: StatementCore
    ) async throws(DatabaseError) -> StatementDescription {
        let parameters = parameters
        do {
            return try await pool.run { () -> Result<StatementDescription, DatabaseError> in
                Result { () throws(DatabaseError) in
                    try Self.describe(statement, over: parameters)
                }
            }.get()
        } catch let error as DatabaseError {
            throw error
        } catch {
            throw DatabaseError(.busy, "too many statements are being described")
        }
    }

    private static func describe(
        _ statement: StatementCore, over parameters: ConnectionParameters
    ) throws(DatabaseError) -> StatementDescription {
        let connection = parameters.withArrays { PQconnectdbParams($0, $1, 0) }
        defer { PQfinish(connection) }
        guard let connection, PQstatus(connection) == CONNECTION_OK else {
            throw DatabaseError(.connection, String(cString: PQerrorMessage(connection)))
        }
        let parameterCount = try usedParameters(statement, on: connection)
        try check(prepare(statement, typed: statement.oids.count, on: connection))
        let description = PQdescribePrepared(connection, "")
        defer { PQclear(description) }
        return StatementDescription(
            parameterCount: parameterCount,
            columns: (0..<PQnfields(description)).map {
                column($0, of: description, on: connection)
            })
    }

    /// The highest parameter that the text uses. PostgreSQL counts those that are declared and never
    /// used, too, so the last types are left away while that makes them disappear.
    private static func usedParameters(
        _ statement: StatementCore, on connection: OpaquePointer
    ) throws(DatabaseError) -> Int {
        var used = statement.oids.count
        try check(prepare(statement, typed: used, on: connection))
        var count = parameters(on: connection)
        while used > 0, count == used {
            let isFine = (try? check(prepare(statement, typed: used - 1, on: connection))) != nil
            guard isFine, parameters(on: connection) < used else { break }
            used -= 1
            count = parameters(on: connection)
        }
        return count
    }

    private static func prepare(
        _ statement: StatementCore, typed count: Int, on connection: OpaquePointer
    ) -> OpaquePointer? {
        PQprepare(
            connection, "", statement.postgresText, Int32(truncatingIfNeeded: count),
            statement.oids)
    }

    /// Of the statement that was prepared last.
    private static func parameters(on connection: OpaquePointer) -> Int {
        let description = PQdescribePrepared(connection, "")
        defer { PQclear(description) }
        return Int(PQnparams(description))
    }

    private static func check(_ result: OpaquePointer?) throws(DatabaseError) {
        defer { PQclear(result) }
        guard let result else { throw DatabaseError(.connection, "the connection was lost") }
        if PQresultStatus(result) != PGRES_COMMAND_OK { throw DatabaseError(result: result) }
    }

    private static func column(
        _ index: Int32, of description: OpaquePointer?, on connection: OpaquePointer
    ) -> StatementDescription.Column {
        StatementDescription.Column(
            name: PQfname(description, index).map { String(cString: $0) } ?? "",
            types: types(PQftype(description, index)),
            isNullable: isNullable(
                PQftable(description, index), PQftablecol(description, index), on: connection))
    }

    /// Which of our types a column of this type id can be read as.
    private static func types(_ oid: UInt32) -> [SQLType] {
        switch oid {
        case 16: [.boolean]
        case 20, 21, 23: [.integer]
        case 700, 701: [.double]
        case 25, 1042, 1043, 19, 705: [.text]
        case 17: [.bytes]
        case 2950: [.uuid]
        case 1184: [.instant]
        case 114, 3802: [.json]
        default: []
        }
    }

    /// True when the table's column may be null. Not null in its table says nothing about an outer
    /// join, and an expression tells nothing.
    private static func isNullable(
        _ table: UInt32, _ column: Int32, on connection: OpaquePointer
    ) -> Bool? {
        guard table != 0, column > 0 else { return nil }
        let words = [strdup(table.description), strdup(column.description)]
        defer { for word in words { free(word) } }
        let values = words.map { UnsafePointer<CChar>($0) }
        let result = PQexecParams(
            connection,
            "SELECT attnotnull FROM pg_attribute WHERE attrelid = $1::oid AND attnum = $2::int2",
            2, nil, values, nil, nil, 0)
        defer { PQclear(result) }
        guard PQntuples(result) == 1, let value = PQgetvalue(result, 0, 0) else { return nil }
        return String(cString: value) == "t" ? nil : true
    }
}
