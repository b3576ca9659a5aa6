import CPostgres
import SQL

extension DatabaseError {
    /// What a failed result says.
    init(result: OpaquePointer) {
        func field(_ name: Character) -> String {
            let code = name.asciiValue.map { Int32($0) } ?? 0
            return PQresultErrorField(result, code).map { String(cString: $0) } ?? ""
        }
        var message = field("M")
        if message.isEmpty { message = String(cString: PQresultErrorMessage(result)) }
        self.init(state: field("C"), message: message, constraint: field("n"))
    }

    /// By SQLSTATE (PostgreSQL documentation, appendix A). Without one, libpq made the result itself
    /// because the connection is broken.
    init(state: String, message: String, constraint: String = "") {
        self.init(
            Self.code(of: state, constraint: constraint), message, engineCode: state)
    }

    private static func code(of state: String, constraint: String) -> Code {
        switch state {
        case "": .connection
        case "23505", "23P01": .uniqueViolation(constraint: constraint)
        case "23503": .foreignKey
        case "23502": .notNull
        // Checks, and values that PostgreSQL cannot keep: too long, too big, with a NUL, an instant
        // outside of its calendar, over the size of an index's row.
        case "23514", "22001", "22003", "22008", "22021", "22P05", "54000": .check
        case "40001", "40P01": .serialization
        case "57014": .timeout
        case "55P03", "53200", "53400": .busy
        case "53100", "58030", "XX001", "XX002": .storage
        // Shutting down, starting up, dropped, idle too long, too many, a standby.
        case "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "53300", "25006": .connection
        case "0A000", "26000", "08P01": .statement
        default:
            switch state.prefix(2) {
            case "08": .connection
            case "42", "54": .statement
            default: .other
            }
        }
    }

    /// "Cached plan must not change result type", or the prepared statement is gone.
    var isStalePlan: Bool { engineCode == "0A000" || engineCode == "26000" }

    /// Whether the connection on which it came is of no use any more.
    var endsConnection: Bool { code == .connection && engineCode != "25006" }
}
