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
        FailureRow(.emailTaken, Compat.emailTaken),
        FailureRow(.signUpClosed, Compat.signUpDisabled),
        FailureRow(.passwordsOff, Compat.passwordsOff),
        FailureRow(.invalidCredentials, Compat.invalidCredentials),
        FailureRow(.accountLocked, Compat.tooManyRequests),
        FailureRow(.emailNotVerified, Compat.emailNotVerified),
        FailureRow(
            .userBanned, .forbidden, "BANNED_USER", "You have been banned from this application"),
        FailureRow(.wrongPassword, Compat.wrongPassword),
        FailureRow(.noPassword, Compat.noPassword),
        FailureRow(.invalidEmail, Compat.invalidEmail),
        FailureRow(.passwordTooShort, Compat.passwordTooShort),
        FailureRow(.passwordTooLong, Compat.passwordTooLong),
        FailureRow(
            .weakPassword, .badRequest, "PASSWORD_TOO_WEAK",
            "Password must contain an uppercase letter and a number"),
    ]
}
