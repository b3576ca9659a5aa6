import API

/// The rows of the failures that any operation may meet, for surfaces whose clients read JSON. The
/// surfaces differ in their words for who may not.
enum EdgeRows {
    static func all(
        notFound: FailureRow, unauthorized: String, forbidden: String
    ) -> [FailureRow] {
        [
            notFound,
            FailureRow(
                .methodNotAllowed, .methodNotAllowed, "METHOD_NOT_ALLOWED",
                "This path has no such method"),
            FailureRow(.unauthorized, .unauthorized, "UNAUTHORIZED", unauthorized),
            FailureRow(.forbidden, .forbidden, "FORBIDDEN", forbidden),
            FailureRow(.malformedBody, .badRequest, "MALFORMED_BODY", "The body cannot be read"),
            FailureRow(.bodyTooLarge, .contentTooLarge, "BODY_TOO_LARGE", "The body is too large"),
            FailureRow(
                .unsupportedMediaType, .unsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE",
                "Send application/json"
            ) {
                "Send " + $0.dropFirst().joined(separator: " or ")
            },
            FailureRow(.tooManyRequests, .tooManyRequests, "RATE_LIMITED", "Too many requests"),
            FailureRow(
                .busy, .serviceUnavailable, "SERVICE_UNAVAILABLE",
                "The server is busy; try again soon"),
            FailureRow(
                .unexpected, .internalServerError, "INTERNAL_ERROR", "Something went wrong"),
        ]
    }
}
