/// What went wrong in a database, told the same for both engines.
///
/// `description` is safe to show; `debugDescription` has the engine's words and the statement for the
/// log. Bound values are in neither.
package struct DatabaseError: Error, Sendable {
    /// What went wrong, told the same way by both engines.
    package enum Code: Hashable, Sendable {
        /// The constraint as PostgreSQL names it, on both engines: `users_email_key`.
        case uniqueViolation(constraint: String)
        case foreignKey
        case notNull
        case check
        /// Too much work waits, or another holds the lock. Nothing was written; try later.
        case busy
        /// Two transactions were in each other's way. Transactions are run again by themselves.
        case serialization
        case timeout
        /// Not connected. The statement did not run.
        case connection
        /// The connection was lost while a write was on its way: it may have run or not.
        case unknownOutcome
        /// A row that the program cannot read.
        case decoding
        /// A statement that the engine cannot read.
        case statement
        /// The disk is full or fails.
        case storage
        case other
    }

    package let code: Code
    /// The engine's words.
    package let message: String
    /// SQLSTATE, or SQLite's extended result code.
    package let engineCode: String
    package var statement: String?

    package init(
        _ code: Code, _ message: String, engineCode: String = "", statement: String? = nil
    ) {
        self.code = code
        self.message = message
        self.engineCode = engineCode
        self.statement = statement
    }

    /// Whether the same request may succeed a little later.
    package var isTemporary: Bool {
        switch code {
        case .busy, .serialization, .timeout, .connection, .unknownOutcome: true
        default: false
        }
    }
}

extension DatabaseError: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String {
        switch code {
        case .uniqueViolation: "The database refused a value that exists already."
        case .foreignKey, .notNull, .check: "The database refused the data."
        case .busy, .serialization, .timeout: "The database is busy."
        case .connection, .unknownOutcome: "The database does not answer."
        case .decoding, .statement, .storage, .other: "The database failed."
        }
    }

    package var debugDescription: String {
        var text = "\(code)"
        if !engineCode.isEmpty { text += " [\(engineCode)]" }
        text += ": \(message)"
        if let statement { text += "\nin: \(statement)" }
        return text
    }
}
