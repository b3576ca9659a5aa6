import API
import Identity
import Surfaces
import Values

// better-auth names these where the other surfaces show field errors.
extension Failure {
    static let invalidEmail = Failure("invalidEmail")
    static let passwordTooShort = Failure("passwordTooShort")
    static let passwordTooLong = Failure("passwordTooLong")
    /// A rule of ours that better-auth does not have.
    static let weakPassword = Failure("weakPassword")

    init(compatPassword problem: Invalid) {
        self =
            switch problem {
            case .tooShort: .passwordTooShort
            case .tooLong: .passwordTooLong
            default: .weakPassword
            }
    }
}

extension Password {
    static let compatFailures: [FailureRow] = [
        FailureRow(
            .emailTaken, .unprocessableContent, "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL",
            "User already exists. Use another email."),
        FailureRow(
            .signUpClosed, .badRequest, "EMAIL_PASSWORD_SIGN_UP_DISABLED",
            "Email and password sign up is not enabled"),
        FailureRow(
            .invalidCredentials, .unauthorized, "INVALID_EMAIL_OR_PASSWORD",
            "Invalid email or password"),
        FailureRow(
            .accountLocked, .tooManyRequests, nil, "Too many requests. Please try again later."),
        FailureRow(.invalidEmail, .badRequest, "INVALID_EMAIL", "Invalid email"),
        FailureRow(.passwordTooShort, .badRequest, "PASSWORD_TOO_SHORT", "Password too short"),
        FailureRow(.passwordTooLong, .badRequest, "PASSWORD_TOO_LONG", "Password too long"),
        FailureRow(
            .weakPassword, .badRequest, "PASSWORD_TOO_WEAK",
            "Password must contain an uppercase letter and a number"),
    ]
}
