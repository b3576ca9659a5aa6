import Coding
import HTTP
import Values

/// One way in which the same operations look from outside: a prefix, the shape of errors and the
/// table that names them.
package struct Surface: Sendable {
    package let name: String
    /// Put before the path of each route: `/api/v1`.
    package let prefix: String
    /// What a refusal looks like here.
    package let errors: ErrorShape
    /// Whom it is for and how they show who they are, in the API's document. CommonMark.
    package var about: String?
    /// Whether a body without a content type counts as none, as better-auth does; otherwise it is
    /// read as JSON.
    package var ignoresBodyWithoutType = false
    /// Whether no cache may keep what an operation answers, unless it says otherwise: tokens and
    /// people's data (RFC 6749 §5.1).
    package var forbidsCaching = false
    /// Whether an absent body is one error and not one for each field that is missing.
    package var namesAbsentBody = false
    /// Whether a body of a type that is not taken is refused before anybody asks who calls.
    package var checksTypeFirst = false
    /// Limits requests for each address and path, where the surface's clients expect that.
    package var pathLimiter: PathLimiter?
    /// Answers a request that `pathLimiter` refuses.
    package var limited: (@Sendable (_ wait: Duration) -> Response)?
    /// Looks at each request after its body was read and before its fields are checked.
    package var admit: (@Sendable (Call, Coding.Input) throws -> Void)?
    /// What `admit` may throw, for any route whose method is not safe.
    package var admissionFailures: [Failure] = []
    /// Whether HEAD is answered as GET is; better-auth knows no HEAD.
    package var answersHead = true
    /// Whether `X-Retry-After` says what `Retry-After` says, as better-auth's clients read it.
    package var repeatsRetryAfter = false
    /// Puts to an operation's answer what all of the surface have.
    package var finish: (@Sendable (inout Response, Request) -> Void)?
    /// Answers unknown paths and methods, where that is not an error body.
    package var unknown: (@Sendable () -> Response)?

    package init(name: String, prefix: String, errors: ErrorShape) {
        self.name = name
        self.prefix = prefix
        self.errors = errors
    }
}

/// How a surface writes errors.
package struct ErrorShape: Sendable {
    /// The whole body of an error.
    package let body: @Sendable (ErrorAnswer) -> JSON
    package let schema: Schema
    /// The words for all that is wrong with an input.
    package let invalid: @Sendable (InvalidInput) -> ErrorAnswer

    package init(
        schema: Schema, body: @escaping @Sendable (ErrorAnswer) -> JSON,
        invalid: @escaping @Sendable (InvalidInput) -> ErrorAnswer
    ) {
        self.schema = schema
        self.body = body
        self.invalid = invalid
    }
}

/// A refusal in a surface's words.
package struct ErrorAnswer: Sendable {
    package var status: Status
    /// SCREAMING_SNAKE. Nil where the surface gives none.
    package var code: String?
    package var message: String
    package var fields: [Field] = []

    /// A field error with its words.
    package struct Field: Sendable {
        package var path: String
        package var code: String
        package var message: String

        package init(path: String, code: String, message: String) {
            self.path = path
            self.code = code
            self.message = message
        }
    }

    package init(_ status: Status, _ code: String?, _ message: String, fields: [Field] = []) {
        self.status = status
        self.code = code
        self.message = message
        self.fields = fields
    }
}

/// A line of a surface's table: how it shows one failure.
package struct FailureRow: Sendable {
    package let failure: Failure
    package let answer: ErrorAnswer
    /// Puts a failure's details into the message. Called when there are some.
    package let message: (@Sendable ([String]) -> String)?

    package init(
        _ failure: Failure, _ status: Status, _ code: String?, _ message: String,
        detailed: (@Sendable ([String]) -> String)? = nil
    ) {
        self.failure = failure
        answer = ErrorAnswer(status, code, message)
        self.message = detailed
    }

    package init(_ failure: Failure, _ answer: ErrorAnswer) {
        self.failure = failure
        self.answer = answer
        message = nil
    }
}

/// What a feature brings to a surface: routes, and rows for the failures they may throw.
package struct SurfacePart: Sendable {
    package let surface: String
    package let routes: [Route]
    package let failures: [FailureRow]

    package init(
        _ surface: String, failures: [FailureRow] = [], @Routes routes: () -> [Route]
    ) {
        self.surface = surface
        self.failures = failures
        self.routes = routes()
    }
}
