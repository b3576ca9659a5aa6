import API

// What may go wrong between us, a provider and whoever signs in there. Details are for programs: the
// provider's own code.

extension Failure {
    static let unknownProvider = Failure("unknownProvider")
    /// The state is used, expired, or was never given out.
    static let stateUnknown = Failure("stateUnknown")
    /// Another browser began, or it does not send its cookies.
    static let stateNotBound = Failure("stateNotBound")
    /// He said no at his provider, or it refused him. Its details are the provider's code.
    static let consentRefused = Failure("consentRefused")
    /// The provider does not take the code, token or refresh token that it is shown.
    static let grantRefused = Failure("grantRefused")
    static let providerDown = Failure("providerDown")
    static let providerSlow = Failure("providerSlow")
    /// What the provider says cannot be believed or understood, or it does not know us.
    static let providerFaulty = Failure("providerFaulty")
    /// A user has the address, and it is not certain that both are one person.
    static let accountNotLinked = Failure("accountNotLinked")
    /// The provider makes users only of those who ask for it, or of nobody.
    static let signUpNotRequested = Failure("signUpNotRequested")
    /// The provider tells no address.
    static let emailMissing = Failure("emailMissing")
    /// The account belongs to another user.
    static let accountTaken = Failure("accountTaken")
    /// The account has another address than the user it is to be linked to.
    static let emailDiffers = Failure("emailDiffers")
    static let linkingOff = Failure("linkingOff")
    /// Without the account its user could not sign in any more.
    static let lastAccount = Failure("lastAccount")
    static let unknownAccount = Failure("unknownAccount")
    static let redirectNotAllowed = Failure("redirectNotAllowed")
    /// The one-time code is used, expired or unknown.
    static let unknownSignInCode = Failure("unknownSignInCode")
    /// The provider gave nothing to refresh tokens with.
    static let noRefreshToken = Failure("noRefreshToken")
}
