import CPostgres
import Glibc
import SQL
import Values

/// On libpq: one statement after the other, each waited for.
final class BarePostgres: BareStatements {
    private let connection: OpaquePointer?
    private var names: [String: String] = [:]

    init(_ url: String) throws {
        connection = PQconnectdb(url)
        guard PQstatus(connection) == CONNECTION_OK else { throw problem }
    }

    deinit { PQfinish(connection) }

    func run(_ sql: SQLFragment) throws {
        let core = sql.core(.scan, returning: NoRow.self)
        let name = try prepared(core)
        let texts = BareValues(of: sql).list.map(Self.text)
        let isSent = withCStrings(texts) { values in
            PQsendQueryPrepared(connection, name, Int32(texts.count), values, nil, nil, 1)
        }
        var isDone = isSent == 1
        while let result = PQgetResult(connection) {
            if PQresultStatus(result) != PGRES_TUPLES_OK { isDone = false }
            PQclear(result)
        }
        if !isDone { throw problem }
    }

    private func prepared(_ core: StatementCore) throws -> String {
        if let name = names[core.postgresText] { return name }
        let name = "bare\(names.count)"
        let result = PQprepare(
            connection, name, core.postgresText, Int32(core.oids.count), core.oids)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw problem }
        names[core.postgresText] = name
        return name
    }

    private static func text(_ value: BareValues.Value) -> String? {
        switch value {
        case .null: nil
        case .integer(let number): "\(number)"
        case .double(let number): "\(number)"
        case .text(let text): text
        case .instant(let microseconds): "\(Instant(microseconds: microseconds))"
        }
    }

    private func withCStrings<Output>(
        _ texts: [String?], _ body: ([UnsafePointer<CChar>?]) -> Output
    ) -> Output {
        let copies = texts.map { text in text.map { strdup($0) } ?? nil }
        defer { for copy in copies { free(copy) } }
        return body(copies.map { UnsafePointer($0) })
    }

    private var problem: Problem {
        Problem("libpq: " + String(cString: PQerrorMessage(connection)))
    }
}
