import Coding
import HTTP

/// A field of requests or answers in the API's document.
package struct FieldDocumentation: Sendable {
    /// As documents write it: `Set-Cookie`.
    package let name: String
    package let description: String
    package let schema: Schema
    package let example: JSON
    package var isAlwaysThere = false

    package init(_ name: String, _ description: String, _ schema: Schema, example: JSON) {
        self.name = name
        self.description = description
        self.schema = schema
        self.example = example
    }

    var always: FieldDocumentation {
        var field = self
        field.isAlwaysThere = true
        return field
    }
}

// MARK: Fields that any answer may have

extension FieldDocumentation {
    static let requestID = FieldDocumentation(
        "X-Request-Id",
        "Names the request in the server's log: the one that was sent, if it was a plain word, else a "
            + "new one.", .string, example: "5h2k0q9d3v1m7c4"
    ).always
    static let rateLimit = [
        FieldDocumentation(
            "RateLimit-Limit", "Requests that are answered in a window, where a limit counts.",
            .integer, example: 100),
        FieldDocumentation(
            "RateLimit-Remaining", "Requests that are left in this window.", .integer, example: 99),
        FieldDocumentation(
            "RateLimit-Reset", "Seconds to the end of this window.", .integer, example: 60),
    ]
    static let retryAfter = FieldDocumentation(
        "Retry-After", "Seconds to wait before the request is sent again.", .integer, example: 1)
    static let repeatedRetryAfter = FieldDocumentation(
        "X-Retry-After", "The same as `Retry-After`, as better-auth's clients read it.", .integer,
        example: 1)
    static let challenge = FieldDocumentation(
        "WWW-Authenticate", "How to show who calls (RFC 6750).", .string, example: "Bearer")
}

// MARK: Fields that outputs have

extension FieldDocumentation {
    package static let setCookie = FieldDocumentation(
        "Set-Cookie", "Cookies that browsers keep; no script can read them.", .string,
        example: "atrium.refresh_token=…; Max-Age=604800; Path=/api; HttpOnly; SameSite=Lax")
    package static let etag = FieldDocumentation(
        "ETag", "Names the state that is answered, for `If-Match` and `If-None-Match`.", .string,
        example: "\"1795176000000000\"")
    package static let ifMatch = FieldDocumentation(
        "If-Match", "The `ETag` of the state that the request means: 412 where it is another now.",
        .string, example: "\"1795176000000000\"")
    package static let ifNoneMatch = FieldDocumentation(
        "If-None-Match", "The `ETag` of what is known already: 304 where that is still so.",
        .string, example: "\"1\"")
    package static let contentDisposition = FieldDocumentation(
        "Content-Disposition", "Whether it is shown or saved, and a name to save it under.",
        .string, example: "inline; filename=\"a_compass_over_a_grid.svg\"")
    package static let location = FieldDocumentation(
        "Location", "Where to go on.", .string, example: "/?error=UNKNOWN"
    ).always
    static let prefer = FieldDocumentation(
        "Prefer", "`return=minimal` asks for an answer without a body (RFC 7240).", .string,
        example: "return=minimal")
    static let preferenceApplied = FieldDocumentation(
        "Preference-Applied", "That the answer is as was asked.", .string, example: "return=minimal"
    ).always
}

extension FieldDocumentation {
    /// Under which name it stands among the document's components.
    var componentName: String { name.filter { $0 != "-" } }

    var header: JSON {
        var object: JSONObject = ["description": .string(description)]
        if isAlwaysThere { object["required"] = true }
        object["schema"] = schema.json
        object["example"] = example
        return .object(object)
    }

    var parameter: JSON {
        [
            "name": .string(name), "in": "header", "required": .boolean(isAlwaysThere),
            "description": .string(description), "schema": schema.json, "example": example,
        ]
    }
}
