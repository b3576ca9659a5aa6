import API

/// What better-auth answers about providers and accounts.
extension Compat {
    package static let providerNotFound = ErrorAnswer(
        .notFound, "PROVIDER_NOT_FOUND", "Provider not found")
    package static let idTokenNotSupported = ErrorAnswer(
        .notFound, "ID_TOKEN_NOT_SUPPORTED", "id_token not supported")
    package static let invalidIDToken = ErrorAnswer(
        .unauthorized, "INVALID_TOKEN", "Invalid token")
    package static let userEmailNotFound = ErrorAnswer(
        .unauthorized, "USER_EMAIL_NOT_FOUND", "User email not found")
    package static let noProviderInfo = ErrorAnswer(
        .unauthorized, "FAILED_TO_GET_USER_INFO", "Failed to get user info")
    package static let accountNotLinked = linkError("account not linked")
    package static let signUpNotAllowed = linkError("signup disabled")
    package static let accountTaken = ErrorAnswer(
        .conflict, "SOCIAL_ACCOUNT_ALREADY_LINKED", "Social account already linked")
    package static let linkingNotAllowed = ErrorAnswer(
        .unauthorized, "LINKING_NOT_ALLOWED", "Account not linked - linking not allowed")
    package static let emailDiffers = ErrorAnswer(
        .unauthorized, "LINKING_DIFFERENT_EMAILS_NOT_ALLOWED",
        "Account not linked - different emails not allowed")
    package static let lastAccount = ErrorAnswer(
        .badRequest, "FAILED_TO_UNLINK_LAST_ACCOUNT", "You can't unlink your last account")
    package static let accountNotFound = ErrorAnswer(
        .badRequest, "ACCOUNT_NOT_FOUND", "Account not found")
    package static let providerNotConfigured = ErrorAnswer(
        .badRequest, "PROVIDER_NOT_CONFIGURED",
        "Account is not associated with a configured social provider.")
    package static let refreshTokenNotFound = ErrorAnswer(
        .badRequest, "REFRESH_TOKEN_NOT_FOUND", "Refresh token not found")
    package static let tokensNotRefreshed = ErrorAnswer(
        .badRequest, "FAILED_TO_REFRESH_ACCESS_TOKEN", "Failed to refresh access token")
    package static let tokensNotUsable = ErrorAnswer(
        .badRequest, "FAILED_TO_GET_ACCESS_TOKEN", "Failed to get a valid access token")
    package static let accessTokenNotFound = ErrorAnswer(
        .badRequest, "ACCESS_TOKEN_NOT_FOUND", "Access token not found")

    package static func providerNotSupported(_ provider: String) -> ErrorAnswer {
        ErrorAnswer(
            .badRequest, "PROVIDER_NOT_SUPPORTED", "Provider \(provider) is not supported.")
    }

    private static func linkError(_ message: String) -> ErrorAnswer {
        ErrorAnswer(.unauthorized, "OAUTH_LINK_ERROR", message)
    }
}
