import API
import Coding
import HTTP
import Identity
import Values

// Texts and codes that better-auth's clients compare or show, equal to its server's so that they
// work unchanged. better-auth is Copyright (c) its contributors, MIT licence; see NOTICE.

extension Compat {
    package static let edge = SurfacePart(
        name,
        failures: [
            FailureRow(.notFound, .notFound, "NOT_FOUND", "Not Found"),
            FailureRow(.methodNotAllowed, .notFound, "NOT_FOUND", "Not Found"),
            FailureRow(.unauthorized, .unauthorized, "UNAUTHORIZED", "Unauthorized"),
            FailureRow(.forbidden, .forbidden, "FORBIDDEN", "Forbidden"),
            FailureRow(.malformedBody, .badRequest, "BAD_REQUEST", "Invalid JSON in request body"),
            FailureRow(
                .bodyTooLarge, .contentTooLarge, "PAYLOAD_TOO_LARGE", "Request body too large"),
            FailureRow(
                .unsupportedMediaType, .unsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE",
                "Content-Type is not allowed"
            ) { types in
                "Content-Type \"\(types[0])\" is not allowed. Allowed types: "
                    + types.dropFirst().joined(separator: ", ")
            },
            FailureRow(.tooManyRequests, tooManyRequests),
            FailureRow(
                .busy, .serviceUnavailable, "SERVICE_UNAVAILABLE",
                "The server is busy; try again soon"),
            FailureRow(
                .unexpected, .internalServerError, "INTERNAL_SERVER_ERROR",
                "Internal Server Error"),
            FailureRow(.untrustedOrigin, .forbidden, "INVALID_ORIGIN", "Invalid origin"),
            FailureRow(.sessionNotFresh, .forbidden, "SESSION_NOT_FRESH", "Session is not fresh"),
            FailureRow(
                .missingOrigin, .forbidden, "MISSING_OR_NULL_ORIGIN", "Missing or null Origin"),
            FailureRow(
                .crossSiteLogin, .forbidden, "CROSS_SITE_NAVIGATION_LOGIN_BLOCKED",
                "Cross-site navigation login blocked. "
                    + "This request appears to be a CSRF attack."),
            FailureRow(
                .invalidCallbackURL, .forbidden, "INVALID_CALLBACK_URL", "Invalid callbackURL"),
            FailureRow(
                .invalidRedirectURL, .forbidden, "INVALID_REDIRECT_URL", "Invalid redirectURL"),
            FailureRow(
                .invalidErrorCallbackURL, .forbidden, "INVALID_ERROR_CALLBACK_URL",
                "Invalid errorCallbackURL"),
            FailureRow(
                .invalidNewUserCallbackURL, .forbidden, "INVALID_NEW_USER_CALLBACK_URL",
                "Invalid newUserCallbackURL"),
            FailureRow(.redirectNotText, .badRequest, nil, "Invalid URL: expected a string") {
                "Invalid \($0[0]): expected a string"
            },
        ], routes: {})
}

/// Answers whose failures belong to features.
extension Compat {
    package static let tooManyRequests = ErrorAnswer(
        .tooManyRequests, nil, "Too many requests. Please try again later.")
    package static let emailTaken = ErrorAnswer(
        .unprocessableContent, "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL",
        "User already exists. Use another email.")
    package static let signUpDisabled = ErrorAnswer(
        .badRequest, "EMAIL_PASSWORD_SIGN_UP_DISABLED",
        "Email and password sign up is not enabled")
    package static let passwordsOff = ErrorAnswer(
        .badRequest, "EMAIL_PASSWORD_DISABLED", "Email and password is not enabled")
    package static let resetOff = ErrorAnswer(
        .badRequest, "RESET_PASSWORD_DISABLED", "Reset password isn't enabled")
    package static let verificationOff = ErrorAnswer(
        .badRequest, "VERIFICATION_EMAIL_NOT_ENABLED", "Verification email isn't enabled")
    package static let invalidCredentials = ErrorAnswer(
        .unauthorized, "INVALID_EMAIL_OR_PASSWORD", "Invalid email or password")
    package static let invalidEmail = ErrorAnswer(.badRequest, "INVALID_EMAIL", "Invalid email")
    package static let passwordTooShort = ErrorAnswer(
        .badRequest, "PASSWORD_TOO_SHORT", "Password too short")
    package static let passwordTooLong = ErrorAnswer(
        .badRequest, "PASSWORD_TOO_LONG", "Password too long")
    package static let wrongPassword = ErrorAnswer(
        .badRequest, "INVALID_PASSWORD", "Invalid password")
    package static let noPassword = ErrorAnswer(
        .badRequest, "CREDENTIAL_ACCOUNT_NOT_FOUND", "Credential account not found")
    package static let nothingToUpdate = ErrorAnswer(.badRequest, nil, "No fields to update")
    package static let emailNotUpdatable = ErrorAnswer(
        .badRequest, "EMAIL_CAN_NOT_BE_UPDATED", "Email can not be updated")
    package static let signInAgain = ErrorAnswer(
        .badRequest, "SESSION_EXPIRED", "Session expired. Re-authenticate to perform this action.")
    package static let unknownToken = ErrorAnswer(.notFound, "INVALID_TOKEN", "Invalid token")
    package static let userDeleted = "User deleted"
    package static let deletionMailed = "Verification email sent"
    package static let noUserInfo = ErrorAnswer(
        .notFound, "FAILED_TO_GET_USER_INFO", "Failed to get user info")
    package static let invalidToken = ErrorAnswer(.badRequest, "INVALID_TOKEN", "Invalid token")
    package static let resetWished =
        "If this email exists in our system, check your email for the reset link"
    package static let emailNotVerified = ErrorAnswer(
        .forbidden, "EMAIL_NOT_VERIFIED", "Email not verified")
    package static let emailMismatch = ErrorAnswer(.badRequest, "EMAIL_MISMATCH", "Email mismatch")
    package static let alreadyVerified = ErrorAnswer(
        .badRequest, "EMAIL_ALREADY_VERIFIED", "Email is already verified")
    package static let emailUnchanged = ErrorAnswer(.badRequest, nil, "Email is the same")
    package static let changeEmailOff = ErrorAnswer(
        .badRequest, "CHANGE_EMAIL_DISABLED", "Change email is disabled")
    // A mail's link is refused with these, or its browser is sent on with their codes.
    package static let unverifiableToken = ErrorAnswer(
        .unauthorized, "INVALID_TOKEN", "Invalid token")
    package static let expiredToken = ErrorAnswer(.unauthorized, "TOKEN_EXPIRED", "Token expired")
    package static let userOfTokenGone = ErrorAnswer(
        .unauthorized, "USER_NOT_FOUND", "User not found")
    package static let tokenOfAnother = ErrorAnswer(.unauthorized, "INVALID_USER", "Invalid user")
    package static let refreshIsNotDeferred = ErrorAnswer(
        .methodNotAllowed, "METHOD_NOT_ALLOWED_DEFER_SESSION_REQUIRED",
        "POST method requires deferSessionRefresh to be enabled in session config")
}

// What the origin check refuses. Only this surface shows them.
extension Failure {
    package static let missingOrigin = Failure("missingOrigin")
    package static let crossSiteLogin = Failure("crossSiteLogin")
    package static let invalidCallbackURL = Failure("invalidCallbackURL")
    package static let invalidRedirectURL = Failure("invalidRedirectURL")
    package static let invalidErrorCallbackURL = Failure("invalidErrorCallbackURL")
    package static let invalidNewUserCallbackURL = Failure("invalidNewUserCallbackURL")
    package static let redirectNotText = Failure("redirectNotText")
}

/// The words for field errors, as better-auth's schema library has them.
enum CompatWords {
    /// `[body.email] Invalid email address`
    static func line(_ error: FieldError) -> String {
        let path = error.path.isEmpty ? "" : "." + error.path
        return "[\(error.source.rawValue)\(path)] \(message(error.problem))"
    }

    private static func message(_ problem: Invalid) -> String {
        switch problem {
        case .missing(let expected):
            "Invalid input: expected \(name(expected)), received undefined"
        case .wrongType(let expected, let received):
            "Invalid input: expected \(name(expected)), received \(name(received))"
        case .tooShort(let min): "Too small: expected string to have >=\(min) characters"
        case .tooLong(let max): "Too big: expected string to have <=\(max) characters"
        case .tooSmall(let min): "Too small: expected number to be >=\(FieldWords.number(min))"
        case .tooBig(let max): "Too big: expected number to be <=\(FieldWords.number(max))"
        case .notOneOf(let values):
            "Invalid option: expected one of "
                + values.map { "\"\($0)\"" }.joined(separator: "|")
        case .malformed(.email): "Invalid email address"
        case .rule("provider.reservedParameters"): reservedParameters
        case .malformed, .rule: "Invalid input"
        case .unknown, .misspelt: "Unrecognized key"
        }
    }

    private static let reservedParameters =
        "additionalParams cannot include reserved OAuth parameters: state, client_id, "
        + "redirect_uri, response_type, code_challenge, code_challenge_method, nonce, scope"

    private static func name(_ kind: Invalid.Kind) -> String {
        switch kind {
        case .list: "array"
        case .integer: "number"
        case .instant: "date"
        case .id: "string"
        case .string, .number, .boolean, .object, .null: kind.rawValue
        }
    }
}
