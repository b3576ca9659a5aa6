import API
import Coding
import HTTP
import Identity
import Values

/// `/api/v1`: accounts and resources for apps that hold JSON Web Tokens (S3).
package struct V1: Sendable {
    package static let name = "v1"

    package let cookie: RefreshCookie

    package init(cookie: RefreshCookie) {
        self.cookie = cookie
    }

    /// The table of what any operation may meet comes with the surface.
    package var surface: Surface {
        var surface = Surface(
            name: Self.name, prefix: "/api/v1", errors: Self.errors)
        surface.forbidsCaching = true
        surface.about = """
            Accounts for apps that hold JSON Web Tokens. Send the access token as `Authorization: \
            Bearer`; errors are `{"error": {"code", "message", "details"?}}`, and `details.fields` \
            names each field that is wrong.
            """
        return surface
    }

    package static let errors = ErrorShape(schema: errorSchema, body: body, invalid: invalid)

    package static let edge = SurfacePart(
        name,
        failures: EdgeRows.all(
            notFound: FailureRow(.notFound, .notFound, "NOT_FOUND", "Resource not found") {
                "\($0[0]) not found"
            },
            unauthorized: "Not authenticated", forbidden: "Not authorized"),
        routes: {})

    @Sendable private static func body(_ answer: ErrorAnswer) -> JSON {
        var error: JSONObject = [
            "code": .string(answer.code ?? "ERROR"), "message": .string(answer.message),
        ]
        if !answer.fields.isEmpty {
            error["details"] = ["fields": .list(answer.fields.map(\.json))]
        }
        return ["error": .object(error)]
    }

    @Sendable private static func invalid(_ input: InvalidInput) -> ErrorAnswer {
        ErrorAnswer(
            .badRequest, "VALIDATION_ERROR", "Invalid input data",
            fields: input.fields.map(FieldWords.v1))
    }

    private static let errorSchema = Schema.object([
        "error": .object(
            [
                "code": ErrorAnswer.codeSchema, "message": ErrorAnswer.messageSchema,
                "details": .object(["fields": .list(of: ErrorAnswer.Field.schema)])
                    .described("With `VALIDATION_ERROR`: all that is wrong, at once."),
            ], optional: ["details"])
    ]).named("V1Error")
}

extension ErrorAnswer.Field {
    package var json: JSON {
        ["path": .string(path), "code": .string(code), "message": .string(message)]
    }

    static let schema = Schema.object([
        "path": .string.described("Where the field is in the input.", example: "items[0].name"),
        "code": .string.described("For programs.", example: "REQUIRED"),
        "message": .string.described("For people.", example: "Is required"),
    ]).named("FieldError")
}

extension ErrorAnswer {
    package static let codeSchema = Schema.string.described(
        "What went wrong, for programs; the codes of each operation stand at its answers.")
    package static let messageSchema = Schema.string.described(
        "The same for people, in English. Its words may change.")
}
