import API
import Identity
import Values

/// Who somebody is that a provider has vouched for. Nothing here asks anybody: it is the rule alone.
///
/// An address proves nothing unless both sides have verified it: whoever can register an address that
/// is not his, here or there, would else take over the account of whom it belongs to.
struct LinkingRules: Sendable {
    let settings: LinkingSettings
    let isSignUpOpen: Bool

    /// What is known when somebody comes back from a provider.
    struct Arrival: Sendable {
        /// The user to whom the account is tied.
        var owner: ID<User>?
        /// The user who has the address here.
        var sameEmail: User?
        var email: EmailAddress?
        /// By the provider.
        var isEmailVerified: Bool
        /// Whether the provider is believed without.
        var isTrusted: Bool
        /// Whether the provider's settings make a user of him.
        var maySignUp: Bool
    }

    /// What is to happen.
    enum Decision: Hashable, Sendable {
        case signIn(ID<User>)
        case link(ID<User>)
        case create(EmailAddress)
        case refuse(Failure)
    }

    func decide(_ arrival: Arrival) -> Decision {
        if let owner = arrival.owner { return .signIn(owner) }
        guard let email = arrival.email else { return .refuse(.emailMissing) }
        if let user = arrival.sameEmail { return decide(arrival, has: user) }
        guard arrival.maySignUp else { return .refuse(.signUpNotRequested) }
        return isSignUpOpen ? .create(email) : .refuse(.signUpClosed)
    }

    private func decide(_ arrival: Arrival, has user: User) -> Decision {
        let isOn = settings.isOn && settings.isImplicit
        let isCertain = arrival.isEmailVerified || arrival.isTrusted
        return isOn && isCertain && user.isEmailVerified
            ? .link(user.id) : .refuse(.accountNotLinked)
    }

    /// Of a user who is signed in and asks for it.
    enum LinkDecision: Hashable, Sendable {
        case link
        /// It is his already.
        case renew
        case refuse(Failure)
    }

    func decideLink(of arrival: Arrival, to user: User) -> LinkDecision {
        guard settings.isOn else { return .refuse(.linkingOff) }
        if arrival.owner == user.id { return .renew }
        // What is told of an account with another address is that it has another, not whose it is.
        guard settings.allowsDifferentEmails || arrival.email == user.email else {
            return .refuse(.emailDiffers)
        }
        return arrival.owner == nil ? .link : .refuse(.accountTaken)
    }
}
