import API
import Coding
import HTTP
import Identity
import Values

/// `/api/auth/{login, register, refresh, logout, me}`: accounts for single-page, mobile and command
/// line apps that hold tokens (S0, S1, S4).
package struct Tokens: Sendable {
    package static let name = "tokens"

    package let cookie: RefreshCookie

    package init(cookie: RefreshCookie) {
        self.cookie = cookie
    }

    package var surface: Surface {
        var surface = Surface(name: Self.name, prefix: "/api/auth", errors: Self.errors)
        surface.forbidsCaching = true
        surface.about = """
            Accounts for single-page, mobile and command line apps that hold tokens. Send the access \
            token as `Authorization: Bearer`; errors are `{"error", "code", "message", "fields"?}`, \
            where `error` and `message` are the same text.
            """
        return surface
    }

    package static let edge = SurfacePart(
        name,
        failures: EdgeRows.all(
            notFound: FailureRow(.notFound, .notFound, "NOT_FOUND", "Not found"),
            unauthorized: "Unauthorized", forbidden: "Forbidden"),
        routes: {})

    /// Also of apps that the same clients call.
    package static let errors = ErrorShape(schema: errorSchema, body: body, invalid: invalid)

    @Sendable private static func body(_ answer: ErrorAnswer) -> JSON {
        var error: JSONObject = [
            "error": .string(answer.message), "code": .string(answer.code ?? "ERROR"),
            "message": .string(answer.message),
        ]
        if !answer.fields.isEmpty { error["fields"] = .list(answer.fields.map(\.json)) }
        return .object(error)
    }

    @Sendable private static func invalid(_ input: InvalidInput) -> ErrorAnswer {
        ErrorAnswer(
            .badRequest, "VALIDATION_ERROR", "Invalid input",
            fields: input.fields.map(FieldWords.v1))
    }

    private static let errorSchema = Schema.object(
        [
            "error": .string.described("The message again."),
            "code": ErrorAnswer.codeSchema, "message": ErrorAnswer.messageSchema,
            "fields": .list(of: ErrorAnswer.Field.schema)
                .described("With `VALIDATION_ERROR`: all that is wrong, at once."),
        ], optional: ["fields"]
    ).named("TokensError")
}
