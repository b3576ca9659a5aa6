import API
import Identity
import Surfaces

/// Users' addresses: that mail to one reaches its user, and how he gets another.
package struct Email: Sendable {
    package static let name = "email"

    let mails: UserMails
    /// Reads the links of mails that lead straight to Compat's routes.
    let signedLinks: SignedLinks
    let verifyWishes: MailWishes
    let changeWishes: MailWishes

    var identity: Identity { mails.identity }

    package init(_ mails: UserMails, _ signedLinks: SignedLinks) {
        self.mails = mails
        self.signedLinks = signedLinks
        verifyWishes = MailWishes("email.verify", mails) { user, wish, now, transaction in
            if user.isEmailVerified { return }
            try await mails.verifyEmail(
                of: user, callbackURL: wish.callbackURL, at: now, in: transaction)
        }
        changeWishes = MailWishes("email.change", mails) { user, wish, now, transaction in
            guard let email = wish.newEmail else { return }
            try await Self.mail(user, email, wish.callbackURL, mails, now, transaction)
        }
    }

    package func module(_ surfaces: SurfaceList) -> Module {
        Module(
            Self.name,
            parts: [
                verifying(surfaces.v1), verifying(surfaces.tokens), verifying(surfaces.compat),
                changing(surfaces.v1), changing(surfaces.tokens), changing(surfaces.compat),
                confirming(surfaces.pages, surfaces.compat),
            ], jobs: [verifyWishes.handler, changeWishes.handler])
    }
}

extension Failure {
    static let emailUnchanged = Failure("emailUnchanged")
}
