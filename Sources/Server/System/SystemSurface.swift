import API
import Coding
import HTTP
import Surfaces
import Values

extension SystemRoutes {
    /// Everything that is on no other surface. Errors look as they do on V1.
    static let surface: Surface = {
        var surface = Surface(
            name: name, prefix: "",
            errors: ErrorShape(schema: errorSchema, body: body, invalid: invalid))
        surface.about = "What machines ask: health, metrics, this document. Not limited."
        return surface
    }()

    static let edge = [
        FailureRow(.notFound, .notFound, "NOT_FOUND", "There is nothing here"),
        FailureRow(
            .methodNotAllowed, .methodNotAllowed, "METHOD_NOT_ALLOWED",
            "This path has no such method"),
        FailureRow(.unauthorized, .unauthorized, "UNAUTHORIZED", "Not authenticated"),
        FailureRow(.forbidden, .forbidden, "FORBIDDEN", "Not authorized"),
        FailureRow(.malformedBody, .badRequest, "MALFORMED_BODY", "The request cannot be read"),
        FailureRow(.bodyTooLarge, .contentTooLarge, "BODY_TOO_LARGE", "The body is too large"),
        FailureRow(
            .unsupportedMediaType, .unsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE",
            "Send application/json"),
        FailureRow(.tooManyRequests, .tooManyRequests, "RATE_LIMITED", "Too many requests"),
        FailureRow(
            .busy, .serviceUnavailable, "SERVICE_UNAVAILABLE",
            "The server is busy; try again soon"),
        FailureRow(.unexpected, .internalServerError, "INTERNAL_ERROR", "Something went wrong"),
    ]

    /// What the server answers by itself, before any operation: malformed heads, limits, timeouts.
    @Sendable static func refusal(_ status: Status) -> Response {
        let code = refusalCodes[status.code] ?? "BAD_REQUEST"
        let answer = ErrorAnswer(status, code, "\(status.reason)")
        return .json(body(answer).bytes(), status: status)
    }

    private static let refusalCodes = [
        408: "REQUEST_TIMEOUT", 413: "BODY_TOO_LARGE", 414: "URI_TOO_LONG",
        417: "EXPECTATION_FAILED", 431: "FIELDS_TOO_LARGE", 500: "INTERNAL_ERROR",
        501: "NOT_IMPLEMENTED", 503: "SERVICE_UNAVAILABLE", 504: "HANDLER_TIMEOUT",
        505: "VERSION_NOT_SUPPORTED",
    ]

    private static func body(_ answer: ErrorAnswer) -> JSON {
        ["error": ["code": .string(answer.code ?? "ERROR"), "message": .string(answer.message)]]
    }

    private static func invalid(_ input: InvalidInput) -> ErrorAnswer {
        ErrorAnswer(.badRequest, "VALIDATION_ERROR", "Invalid input")
    }

    private static let errorSchema = Schema.object([
        "error": .object([
            "code": ErrorAnswer.codeSchema, "message": ErrorAnswer.messageSchema,
        ])
    ]).named("SystemError")
}
