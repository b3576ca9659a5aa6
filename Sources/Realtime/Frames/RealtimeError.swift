import API
import Coding
import Identity

/// Why something that a client asked for was not done, in the words of an error message.
struct RealtimeError: Hashable, Sendable {
    let code: String
    let message: String
    /// All that is wrong with what an app's message brings.
    var fields: [JSON] = []

    init(_ code: String, _ message: String) { (self.code, self.message) = (code, message) }

    init(_ answer: ErrorAnswer) {
        self.init(answer.code ?? RealtimeErrors.unexpected.code, answer.message)
        fields = answer.fields.map(\.json)
    }

    var members: JSONObject {
        var members: JSONObject = ["code": .string(code), "message": .string(message)]
        if !fields.isEmpty { members["fields"] = .list(fields) }
        return members
    }

    // MARK: What a message may be wrong in

    static let badMessage = RealtimeError(
        "BAD_MESSAGE", "Send a JSON object with a type, and an id that is a text or a whole number")
    static let unknownType = RealtimeError("UNKNOWN_TYPE", "There is no message of this type")
    static let badTopic = RealtimeError("BAD_TOPIC", "The message must name a topic")
    static let badSince = RealtimeError("BAD_SINCE", "since must be a whole number, 0 or more")
    static let badKey = RealtimeError(
        "BAD_KEY", "key must be a text of 1 to \(TopicKey.bytesMax) bytes")
    static let badData = RealtimeError("BAD_DATA", "The message must have data")
    static let badToken = RealtimeError("BAD_TOKEN", "The message must have a token")
    static let rateLimited = RealtimeError(
        "RATE_LIMITED", "Too many messages; those over the limit are not read")
    static let tooManySubscriptions = RealtimeError(
        "TOO_MANY_SUBSCRIPTIONS", "Too many topics for one connection")
    static let alreadySubscribed = RealtimeError(
        "ALREADY_SUBSCRIBED", "The connection listens to this topic already")
    static let notSubscribed = RealtimeError(
        "NOT_SUBSCRIBED", "The connection does not listen to this topic")
    static let alreadySignedIn = RealtimeError(
        "ALREADY_SIGNED_IN", "Open another connection for another user")
}

extension Failure {
    /// Also for a topic that is there for others only.
    package static let topicNotFound = Failure("topicNotFound")
    /// The app's topic cannot hold what was published.
    package static let messageTooLarge = Failure("messageTooLarge")
}

/// How failures are shown in error messages: what any may be, and what the apps' topics add.
struct RealtimeErrors: Sendable {
    private let rows: [Failure.Kind: FailureRow]

    static let rows = [
        FailureRow(.unauthorized, .unauthorized, "UNAUTHORIZED", "Not authenticated"),
        FailureRow(.forbidden, .forbidden, "FORBIDDEN", "Not authorized"),
        FailureRow(
            .missingScope, .forbidden, "MISSING_SCOPE", "The API key lacks a scope",
            detailed: { "The API key lacks the scope \($0[0])" }),
        FailureRow(.topicNotFound, .notFound, "TOPIC_NOT_FOUND", "There is no such topic"),
        FailureRow(
            .messageTooLarge, .contentTooLarge, "MESSAGE_TOO_LARGE", "The data is too large"),
        FailureRow(
            .busy, .serviceUnavailable, "SERVICE_UNAVAILABLE",
            "The server is busy; try again soon"),
    ]

    init(_ more: [FailureRow] = []) {
        rows = Dictionary(
            (Self.rows + more).map { ($0.failure.kind, $0) }, uniquingKeysWith: { $1 })
    }

    /// Nil for what no client is to be told.
    func error(_ failure: Failure) -> RealtimeError? {
        guard let row = rows[failure.kind], let code = row.answer.code else { return nil }
        let words = failure.details.isEmpty ? nil : row.message?(failure.details)
        return RealtimeError(code, words ?? row.answer.message)
    }

    static let unexpected = RealtimeError("INTERNAL_ERROR", "Something went wrong")
}
