import API
import Surfaces

extension OAuth {
    static let compatFailures: [FailureRow] = [
        FailureRow(.unknownProvider, Compat.providerNotFound),
        FailureRow(.idTokenNotTaken, Compat.idTokenNotSupported),
        FailureRow(.grantRefused, Compat.invalidIDToken),
        FailureRow(.emailMissing, Compat.userEmailNotFound),
        FailureRow(.accountNotLinked, Compat.accountNotLinked),
        FailureRow(.signUpNotRequested, Compat.signUpNotAllowed),
        FailureRow(.accountTaken, Compat.accountTaken),
        FailureRow(.linkingOff, Compat.linkingNotAllowed),
        FailureRow(.emailDiffers, Compat.emailDiffers),
        FailureRow(.lastAccount, Compat.lastAccount),
        FailureRow(.unknownAccount, Compat.accountNotFound),
        FailureRow(.providerGone, Compat.providerNotConfigured),
        FailureRow(.noRefreshToken, Compat.refreshTokenNotFound),
        FailureRow(.tokensNotRefreshed, Compat.tokensNotRefreshed),
        FailureRow(.tokensNotUsable, Compat.tokensNotUsable),
        FailureRow(.noAccessToken, Compat.accessTokenNotFound),
        FailureRow(.nothingKnown, Compat.noProviderInfo),
        FailureRow(
            .providerNotThere, .badRequest, "PROVIDER_NOT_SUPPORTED", "Provider is not supported."
        ) { Compat.providerNotSupported($0[0]).message },
        // Of these better-auth makes a 500.
        FailureRow(
            .providerDown, .badGateway, "PROVIDER_UNAVAILABLE", "The provider does not answer"),
        FailureRow(
            .providerSlow, .gatewayTimeout, "PROVIDER_UNAVAILABLE",
            "The provider takes too long to answer"),
        FailureRow(
            .providerFaulty, .badGateway, "PROVIDER_UNAVAILABLE",
            "The provider cannot be used"),
    ]
}
