import CPostgres
import Glibc
import SQL

/// What libpq is given to connect: the words of the URL and, where it says nothing, ours.
struct ConnectionParameters: Sendable {
    private var words: [String: String] = [:]

    /// Fails with libpq's explanation when the URL is none.
    init(_ options: PostgresOptions) throws(DatabaseError) {
        words = try Self.parse(options.url)
        setDefault("application_name", options.applicationName)
        setDefault("client_encoding", "UTF8")
        // Looking for Kerberos tickets may block, and costs a round trip.
        setDefault("gssencmode", "disable")
        // A peer that has vanished is noticed within half a minute.
        setDefault("keepalives_idle", "15")
        setDefault("keepalives_interval", "5")
        setDefault("keepalives_count", "3")
        setDefault("tcp_user_timeout", "15000")
        words["options"] = Self.sessionOptions(options) + " " + (words["options"] ?? "")
    }

    /// Where it leads, for messages: no password.
    var place: String {
        let host = words["hostaddr"] ?? words["host"] ?? "the local socket"
        let port = words["port"].map { ":" + $0 } ?? ""
        return "\(host)\(port), database \(words["dbname"] ?? words["user"] ?? "of this user")"
    }

    /// Whether connecting looks a name up, which libpq does in the calling thread.
    var mayBlock: Bool {
        guard words["hostaddr"] == nil, words["service"] == nil else { return false }
        let hosts = (words["host"] ?? "").split(separator: ",")
        return hosts.contains { $0.contains { $0.isLetter } && !$0.hasPrefix("/") }
    }

    /// Calls `body` with libpq's two arrays, each ended by a null.
    func withArrays<Output>(
        _ body: (
            UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>
        ) -> Output
    ) -> Output {
        var keywords = words.keys.map { UnsafePointer(strdup($0)) }
        var values = words.values.map { UnsafePointer(strdup($0)) }
        defer { for word in keywords + values { free(UnsafeMutablePointer(mutating: word)) } }
        keywords.append(nil)
        values.append(nil)
        return body(keywords, values)
    }

    private mutating func setDefault(_ keyword: String, _ value: String) {
        if words[keyword] == nil { words[keyword] = value }
    }

    private static func parse(_ url: String) throws(DatabaseError) -> [String: String] {
        if let problem = PostgresLibrary.problem { throw DatabaseError(.connection, problem) }
        var message: UnsafeMutablePointer<CChar>?
        guard let list = PQconninfoParse(url, &message) else {
            defer { PQfreemem(message) }
            let reason = message.map { String(cString: $0) } ?? "out of memory"
            throw DatabaseError(.connection, "the database URL cannot be read: " + reason)
        }
        defer { PQconninfoFree(list) }
        var words: [String: String] = [:]
        var option = list
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                words[String(cString: keyword)] = String(cString: value)
            }
            option += 1
        }
        return words
    }

    /// The session's settings. What the URL says comes after them and wins.
    private static func sessionOptions(_ options: PostgresOptions) -> String {
        let (seconds, attoseconds) = options.statementTimeout.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        return [
            "-c statement_timeout=\(milliseconds)", "-c timezone=UTC",
            "-c default_transaction_isolation=read\\ committed",
            "-c idle_in_transaction_session_timeout=60000",
        ].joined(separator: " ")
    }
}
