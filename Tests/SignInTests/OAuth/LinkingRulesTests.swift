import API
import Identity
import Testing
import Values

@testable import SignIn

/// S0-4: who somebody is that a provider has vouched for, as a table.
struct LinkingRulesTests {
    private static let ada = ID<User>(high: 1, low: 1)
    private static let email = EmailAddress(stored: "ada@example.com")

    private static func user(_ id: ID<User> = ada, isVerified: Bool) -> User {
        var user = User(
            id: id, email: email, name: nil, image: nil, createdAt: Instant(seconds: 0))
        if isVerified { user.emailVerifiedAt = Instant(seconds: 1) }
        return user
    }

    /// A case of the table: what is known, and what follows.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var rules = LinkingRules(settings: LinkingSettings(), isSignUpOpen: true)
        var arrival = LinkingRules.Arrival(
            owner: nil, sameEmail: nil, email: email, isEmailVerified: true, isTrusted: false,
            maySignUp: true)
        let decision: LinkingRules.Decision

        init(
            _ title: String, _ decision: LinkingRules.Decision,
            _ change: (inout Case) -> Void = { _ in }
        ) {
            (testDescription, self.decision) = (title, decision)
            change(&self)
        }
    }

    static let cases = [
        Case("a known account", .signIn(ada)) { $0.arrival.owner = ada },
        Case("a known account, whatever else is wrong", .signIn(ada)) {
            $0.arrival.owner = ada
            ($0.arrival.email, $0.arrival.isEmailVerified) = (nil, false)
            $0.arrival.maySignUp = false
            $0.rules = LinkingRules(settings: .off, isSignUpOpen: false)
        },
        Case("a known account with the address of another user", .signIn(ada)) {
            $0.arrival.owner = ada
            $0.arrival.sameEmail = user(ID(high: 2, low: 2), isVerified: true)
        },
        Case("both sides have verified the address", .link(ada)) {
            $0.arrival.sameEmail = user(isVerified: true)
        },
        Case("only the provider has", .refuse(.accountNotLinked)) {
            $0.arrival.sameEmail = user(isVerified: false)
        },
        Case("only we have", .refuse(.accountNotLinked)) {
            $0.arrival.sameEmail = user(isVerified: true)
            $0.arrival.isEmailVerified = false
        },
        Case("we have, and the provider is trusted", .link(ada)) {
            $0.arrival.sameEmail = user(isVerified: true)
            ($0.arrival.isEmailVerified, $0.arrival.isTrusted) = (false, true)
        },
        Case("the provider is trusted, and we have not", .refuse(.accountNotLinked)) {
            $0.arrival.sameEmail = user(isVerified: false)
            $0.arrival.isTrusted = true
        },
        Case("linking is off", .refuse(.accountNotLinked)) {
            $0.arrival.sameEmail = user(isVerified: true)
            $0.rules = LinkingRules(settings: .off, isSignUpOpen: true)
        },
        Case("only users who ask may link", .refuse(.accountNotLinked)) {
            $0.arrival.sameEmail = user(isVerified: true)
            $0.rules = LinkingRules(settings: .explicit, isSignUpOpen: true)
        },
        Case("nobody yet", .create(email)),
        Case("nobody yet, with an address that is not verified", .create(email)) {
            $0.arrival.isEmailVerified = false
        },
        Case("nobody yet, who has not asked", .refuse(.signUpNotRequested)) {
            $0.arrival.maySignUp = false
        },
        Case("nobody yet, and nobody may register", .refuse(.signUpClosed)) {
            $0.rules = LinkingRules(settings: LinkingSettings(), isSignUpOpen: false)
        },
        Case("no address", .refuse(.emailMissing)) { $0.arrival.email = nil },
    ]

    @Test(arguments: cases)
    func `who comes back is signed in, linked, made a user or refused`(_ one: Case) {
        #expect(one.rules.decide(one.arrival) == one.decision)
    }

    /// The same for a user who is signed in and asks.
    struct LinkCase: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var settings = LinkingSettings()
        var arrival = LinkingRules.Arrival(
            owner: nil, sameEmail: nil, email: email, isEmailVerified: false, isTrusted: false,
            maySignUp: false)
        let decision: LinkingRules.LinkDecision

        init(
            _ title: String, _ decision: LinkingRules.LinkDecision,
            _ change: (inout LinkCase) -> Void = { _ in }
        ) {
            (testDescription, self.decision) = (title, decision)
            change(&self)
        }
    }

    static let linkCases = [
        LinkCase("the same address", .link),
        LinkCase("his already", .renew) { $0.arrival.owner = ada },
        LinkCase("somebody else's", .refuse(.accountTaken)) {
            $0.arrival.owner = ID(high: 9, low: 9)
        },
        LinkCase("his already, with another address", .renew) {
            $0.arrival.owner = ada
            $0.arrival.email = nil
        },
        LinkCase("somebody else's, with another address", .refuse(.emailDiffers)) {
            $0.arrival.owner = ID(high: 9, low: 9)
            $0.arrival.email = nil
        },
        LinkCase("another address", .refuse(.emailDiffers)) {
            $0.arrival.email = EmailAddress(stored: "grace@example.com")
        },
        LinkCase("no address", .refuse(.emailDiffers)) { $0.arrival.email = nil },
        LinkCase("another address, where that is allowed", .link) {
            $0.arrival.email = EmailAddress(stored: "grace@example.com")
            $0.settings.allowsDifferentEmails = true
        },
        LinkCase("linking is off", .refuse(.linkingOff)) { $0.settings = .off },
        LinkCase("only users who ask may link", .link) { $0.settings = .explicit },
    ]

    @Test(arguments: linkCases)
    func `a user who asks for it links what is nobody else's`(_ one: LinkCase) {
        let rules = LinkingRules(settings: one.settings, isSignUpOpen: false)
        #expect(rules.decideLink(of: one.arrival, to: Self.user(isVerified: false)) == one.decision)
    }
}

extension LinkingSettings {
    fileprivate static var off: LinkingSettings {
        var settings = LinkingSettings()
        settings.isOn = false
        return settings
    }

    fileprivate static var explicit: LinkingSettings {
        var settings = LinkingSettings()
        settings.isImplicit = false
        return settings
    }
}
