import API
import Identity

/// How the surfaces that hand out tokens show what may go wrong with providers.
enum OAuthRows {
    static let startFailures: [Failure] = [
        .unknownProvider, .redirectNotAllowed, .tooManyRequests, .providerDown, .providerSlow,
        .providerFaulty,
    ]

    static let finishFailures: [Failure] = [
        .unknownProvider, .stateUnknown, .stateNotBound, .consentRefused, .grantRefused,
        .providerDown, .providerSlow, .providerFaulty, .accountNotLinked, .signUpNotRequested,
        .signUpClosed, .emailMissing, .userBanned, .accountTaken, .emailDiffers, .linkingOff,
        .unknownAccount,
    ]

    static let all = [
        FailureRow(.unknownProvider, .notFound, "UNKNOWN_PROVIDER", "There is no such provider"),
        FailureRow(
            .stateUnknown, .badRequest, "STATE_INVALID",
            "This sign-in has ended or was used; start again"),
        FailureRow(
            .stateNotBound, .badRequest, "STATE_NOT_BOUND",
            "This sign-in was started in another browser, or without cookies"),
        FailureRow(
            .consentRefused, .forbidden, "CONSENT_REFUSED", "The provider did not let you sign in"
        ) { "The provider did not let you sign in: \($0[0])" },
        FailureRow(
            .grantRefused, .badRequest, "GRANT_REFUSED",
            "The provider does not take this code; start again"),
        FailureRow(
            .providerDown, .serviceUnavailable, "PROVIDER_UNAVAILABLE",
            "The provider cannot be reached; try again soon"),
        FailureRow(
            .providerSlow, .gatewayTimeout, "PROVIDER_TIMEOUT",
            "The provider takes too long; try again soon"),
        FailureRow(
            .providerFaulty, .badGateway, "PROVIDER_FAULTY",
            "The provider's answer cannot be used"),
        FailureRow(
            .accountNotLinked, .conflict, "ACCOUNT_NOT_LINKED",
            "Somebody has registered with this address; sign in as before and link the account"),
        FailureRow(
            .signUpNotRequested, .forbidden, "SIGN_UP_NOT_REQUESTED",
            "Nobody has registered with this account"),
        FailureRow(
            .emailMissing, .unprocessableContent, "EMAIL_MISSING",
            "The provider gives no e-mail address of yours"),
        FailureRow(
            .accountTaken, .conflict, "ACCOUNT_TAKEN", "The account belongs to another user"),
        FailureRow(
            .emailDiffers, .conflict, "EMAIL_DIFFERS",
            "The account has another e-mail address than you"),
        FailureRow(.linkingOff, .forbidden, "LINKING_OFF", "Accounts cannot be linked"),
        FailureRow(
            .lastAccount, .conflict, "LAST_ACCOUNT",
            "You could not sign in any more without this account"),
        FailureRow(.unknownAccount, .notFound, "UNKNOWN_ACCOUNT", "You have no such account"),
        FailureRow(
            .redirectNotAllowed, .badRequest, "REDIRECT_NOT_ALLOWED",
            "That address is of no trusted origin"),
        FailureRow(
            .unknownSignInCode, .badRequest, "INVALID_CODE",
            "The code was used, has expired, or is none"),
    ]

    /// As rows have it, for pages that get it in their address.
    static func code(of failure: Failure) -> String {
        let row = all.first { $0.failure == failure }
        if let code = row?.answer.code { return code }
        return failure == .userBanned ? "USER_BANNED" : "SIGN_UP_CLOSED"
    }

    static let aboutStarting = """
        A browser that navigates here is redirected to the provider; a script gets its address, and has \
        to ask with credentials, since the sign-in is bound to a cookie. It is good for ten minutes.
        """

    static let aboutFinishing = """
        Each `state` is taken once, from the browser that began. Without `redirect_to` the answer has \
        the tokens. With it the browser is sent there with a `code` that `exchange` takes once, within \
        a minute, or with `error`. An account is linked to the user who has its address only where \
        both sides have verified that address. Providers are told this address: it stands in their \
        settings as the redirect URI.
        """

    static let aboutLinking = """
        The callback then links the account, whoever has its address, and answers 201. The script has \
        to ask with credentials, as for signing in.
        """
}
