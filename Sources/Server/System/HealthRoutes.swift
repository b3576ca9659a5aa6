import API
import Coding
import HTTP
import Values

extension SystemRoutes {
    /// C20: under three prefixes, by the names that four documents give them.
    var health: [Route] {
        let prefixes = ["", "/api", "/api/v1"]
        return prefixes.flatMap { prefix in
            ["/health", "/health/live", "/health/liveness"].map { live(prefix + $0) }
                + ["/health/ready", "/health/readiness"].map { ready(prefix + $0) }
        }
    }

    private func live(_ path: String) -> Route {
        Operation(
            Self.id(path), .get, path, "Whether the program runs. Asks no database.",
            options: Self.options(path)
        ) { (_: NoInput, _) in
            Alive()
        }.route
    }

    private func ready(_ path: String) -> Route {
        Operation(
            Self.id(path), .get, path, "Whether requests can be answered: 503 when not.",
            options: Self.options(path)
        ) { [readiness] (_: NoInput, _) in
            await readiness.check()
        }.route
    }

    /// `/api/v1/health/live` is `apiV1HealthLive`.
    private static func id(_ path: String) -> String {
        let words = path.split(separator: "/")
        return words.enumerated().map { index, word in
            index == 0 ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
        }.joined()
    }

    /// One of the fifteen is enough for the document.
    private static func options(_ path: String) -> RouteOptions {
        var options = RouteOptions.machine
        options.isHidden = !["/health", "/health/ready"].contains(path)
        return options
    }
}

/// The program runs.
struct Alive: OperationOutput, Codable, Explained {
    var status = "ok"

    static let outcome = "The program runs."
    static let words = ["status": MemberWords("Always `ok`.", example: "ok")]

    func response() -> Response { .json(Self.bytes) }

    private static let bytes = [UInt8](#"{"status":"ok"}"#.utf8)
}

/// Whether requests can be answered, and what was looked at.
struct ReadinessReport: OperationOutput, Codable, Hashable, Explained {
    struct Checks: Codable, Hashable, Explained {
        var database: Bool

        static let words = [
            "database": MemberWords("Whether it answered within two seconds.", example: true)
        ]
    }

    static let words = ["status": MemberWords("`ok` or `unavailable`.", example: "ok")]

    var status: String
    var checks: Checks
    /// Stopping: healthy, but to be sent no more.
    let isReady: Bool

    init(database: Bool, isDraining: Bool) {
        isReady = database && !isDraining
        status = isReady ? "ok" : "unavailable"
        checks = Checks(database: database)
    }

    private enum CodingKeys: String, CodingKey { case status, checks }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        status = try container.decode(String.self, forKey: .status)
        checks = try container.decode(Checks.self, forKey: .checks)
        isReady = status == "ok"
    }

    static func documentation() throws -> OutputDocumentation {
        let ready = try OutputDocumentation.json(.ok, Self.self, "Requests can be answered.")
        var other = ready
        (other.status, other.description) = (.serviceUnavailable, "They cannot, or not for long.")
        other.example = try JSON(
            parsing: try JSONCoder.encode(ReadinessReport(database: false, isDraining: false)))
        var both = ready
        both.alternatives = [other]
        return both
    }

    func response() throws -> Response {
        var response = Response.json(
            try JSONCoder.encode(self), status: isReady ? .ok : .serviceUnavailable)
        response.fields[.cacheControl] = "no-store"
        return response
    }
}
