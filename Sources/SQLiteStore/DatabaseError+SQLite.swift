import CSQLite
import SQL

extension DatabaseError {
    /// What the connection says about its last failure. `constraint` finds a unique constraint's
    /// name for what the message tells.
    init(
        sqlite code: Int32, on handle: OpaquePointer?, statement: String? = nil,
        constraint: (String) -> String = { $0 }
    ) {
        let message =
            handle.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
            ?? String(cString: sqlite3_errstr(code))
        self.init(
            Self.meaning(of: code, message: message, constraint: constraint), message,
            engineCode: "\(code)", statement: statement)
    }

    private static func meaning(
        of code: Int32, message: String, constraint: (String) -> String
    ) -> Code {
        switch SQLiteConstraint(code) {
        case .unique: return .uniqueViolation(constraint: constraint(message))
        case .foreignKey: return .foreignKey
        case .notNull: return .notNull
        case .check: return .check
        case .commitHook: return .statement
        case nil: break
        }
        // The low byte is the primary code.
        switch code & 255 {
        case SQLITE_BUSY, SQLITE_LOCKED: return .busy
        case SQLITE_INTERRUPT: return .timeout
        case SQLITE_FULL, SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CANTOPEN,
            SQLITE_READONLY, SQLITE_NOLFS, SQLITE_PERM, SQLITE_PROTOCOL:
            return .storage
        case SQLITE_ERROR, SQLITE_RANGE, SQLITE_MISUSE, SQLITE_SCHEMA: return .statement
        default: return .other
        }
    }
}

/// SQLITE_CONSTRAINT's extended codes, which are macros that Swift does not see.
private enum SQLiteConstraint {
    case unique, foreignKey, notNull, check, commitHook

    init?(_ code: Int32) {
        guard code & 255 == SQLITE_CONSTRAINT else { return nil }
        switch code >> 8 {
        case 1, 12: self = .check  // CHECK, and DATATYPE: a type that a STRICT table refuses
        case 2: self = .commitHook  // a COMMIT inside a job
        case 3: self = .foreignKey
        case 5: self = .notNull
        case 6, 8, 10: self = .unique  // PRIMARYKEY, UNIQUE, ROWID
        default: return nil
        }
    }
}
