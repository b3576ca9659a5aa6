import API
import Coding
import HTTP
import Identity
import Secrets
import Values

/// The routes of better-auth 1.7 under `/api/auth`, on its wire: for its clients (S2).
///
/// Cookies, codes, messages and shapes are those that its own server gives; docs/compat.md lists what
/// differs and why. The texts stand in `Wire`.
package struct Compat: Sendable {
    package static let name = "compat"

    package let cookies: CompatCookies
    package let options: Options
    package let origins: TrustedOrigins

    /// What better-auth has plugins for.
    package struct Options: Sendable {
        /// Whether the session's token is taken as bearer credentials, and shown in a field where its
        /// cookie is set.
        package var takesBearer = true
        /// Whether get-session brings a JSON Web Token each time.
        package var showsJWT = false
        /// Whether get-session changes nothing when it is read, and POST moves the session's end.
        package var defersRefresh = false
        /// Whether mails that confirm an address are sent on demand.
        package var sendsVerification = true
        /// Requests that an address may send to a path, where better-auth's own limit is on.
        package var limit: TrafficLimit?

        package init() {}
    }

    package init(
        cookies: CompatCookies, origins: TrustedOrigins, options: Options = Options()
    ) {
        self.cookies = cookies
        self.origins = origins
        self.options = options
    }

    package var surface: Surface {
        var surface = Surface(
            name: Self.name, prefix: "/api/auth",
            errors: ErrorShape(schema: Self.errorSchema, body: Self.body, invalid: Self.invalid))
        surface.about = """
            The wire of better-auth 1.7, for its clients. A browser holds a session by a signed \
            cookie; a request that changes something and carries cookies must have an `Origin` that \
            is trusted. Where the token of a session is taken as `Authorization: Bearer`, an answer \
            that sets the cookie has the token in `set-auth-token`, too. Errors are `{"message", "code"?}`. Unknown paths, and known ones by other \
            methods, are answered with 404 and no body; HEAD is one of those.
            """
        surface.ignoresBodyWithoutType = true
        surface.namesAbsentBody = true
        surface.unknown = { Response(.notFound) }
        surface.answersHead = false
        surface.repeatsRetryAfter = true
        surface.checksTypeFirst = true
        surface.pathLimiter = options.limit.map { PathLimiter($0, Self.stricterLimits) }
        surface.limited = Self.limited
        surface.admissionFailures = OriginCheck.failures
        surface.admit = { [origins] call, input in try OriginCheck(origins).admit(call, input) }
        surface.finish = { [cookies, options] response, request in
            guard response.fields.contains(.setCookie) else { return }
            cookies.clearPieces(of: request, in: &response)
            if options.takesBearer { cookies.showToken(in: &response) }
        }
        return surface
    }

    /// An answer in this surface's shape that is no failure of an operation.
    package static func response(_ answer: ErrorAnswer) -> Response {
        .json(body(answer).bytes(), status: answer.status)
    }

    /// Where guessing, or mails to others, would be the use of it.
    private static let stricterLimits = [
        PathLimiter.Rule(
            ["/sign-in", "/sign-up", "/change-password", "/change-email"],
            TrafficLimit(requests: 3, seconds: 10)),
        PathLimiter.Rule(
            [
                "/request-password-reset", "/send-verification-email", "/forget-password",
                "/email-otp/send-verification-otp", "/email-otp/request-password-reset",
            ], TrafficLimit(requests: 3, seconds: 60)),
    ]

    /// JSON that says it is text, as there.
    private static func limited(_ wait: Duration) -> Response {
        let seconds = String(wait.roundedUpToSeconds)
        let text = body(tooManyRequests).bytes()
        return Response(
            tooManyRequests.status,
            fields: [
                .contentType: "text/plain;charset=UTF-8", .xRetryAfter: seconds,
                .retryAfter: seconds,
            ], body: .bytes(text))
    }

    private static func body(_ answer: ErrorAnswer) -> JSON {
        var error: JSONObject = ["message": .string(answer.message)]
        if let code = answer.code { error["code"] = .string(code) }
        return .object(error)
    }

    private static func invalid(_ input: InvalidInput) -> ErrorAnswer {
        ErrorAnswer(
            .badRequest, "VALIDATION_ERROR",
            input.fields.map(CompatWords.line).joined(separator: "; "))
    }

    private static let errorSchema = Schema.object(
        ["message": ErrorAnswer.messageSchema, "code": ErrorAnswer.codeSchema], optional: ["code"]
    ).named("CompatError")
}
