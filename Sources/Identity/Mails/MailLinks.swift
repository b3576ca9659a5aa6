import Coding
import Secrets
import Values

/// Where the links of mails lead.
///
/// To a page of the server, whose button does what the mail is about: whoever only opens the link, as
/// scanners of mails do, changes nothing. What follows `#` stays in the browser, out of logs and
/// referrers. Or straight to better-auth's routes, which do it when they are opened, for clients that
/// were made for that (C28).
package struct MailLinks: Sendable {
    package static let confirmPage = "/auth/confirm"
    package static let resetPage = "/auth/reset-password"

    package let baseURL: String
    private let direct: SignedLinks?

    /// Links to pages, or to better-auth's routes where there is what signs them.
    package init(baseURL: String, direct: SignedLinks? = nil) {
        (self.baseURL, self.direct) = (baseURL, direct)
    }

    /// What a mail is about.
    struct Subject {
        let purpose: VerificationPurpose
        /// The address that its user has now.
        let email: EmailAddress
        let value: VerificationValue
        let endsAt: Instant
    }

    func link(
        _ subject: Subject, _ issued: Verifications.Issued, at now: Instant
    ) -> String {
        if let direct { return baseURL + direct.path(subject, issued, at: now) }
        return "\(page(subject.purpose, "token=\(issued.token.text.exposed)"))"
    }

    /// Where the code of a mail is typed.
    func codePage(_ purpose: VerificationPurpose) -> String {
        page(purpose, purpose == .resetPassword ? "by-code" : purpose.rawValue)
    }

    private func page(_ purpose: VerificationPurpose, _ fragment: String) -> String {
        let page = purpose == .resetPassword ? Self.resetPage : Self.confirmPage
        return "\(baseURL)\(page)#\(fragment)"
    }
}

/// Links to the routes of better-auth, under its prefix. What confirms an address is signed and kept
/// nowhere; what changes one names the row that ends with it.
package struct SignedLinks: Sendable {
    /// What a signed link says.
    package struct Claims: Sendable {
        /// Which step of a change, by better-auth's names.
        package enum Request: String, Sendable {
            case leave = "change-email-confirmation"
            case change = "change-email-verification"
        }

        /// The address that the user had when the mail was written.
        package let email: EmailAddress
        package let change: (request: Request, row: ID<Verification>)?
    }

    private static let prefix = "/api/auth"
    private let secrets: SigningSecrets

    package init(_ secrets: SigningSecrets) { self.secrets = secrets }

    func path(
        _ subject: MailLinks.Subject, _ issued: Verifications.Issued, at now: Instant
    ) -> String {
        let callback = PercentEncoding.encode(subject.value.callbackURL ?? "/")
        let token = issued.token.text.exposed
        switch subject.purpose {
        case .resetPassword:
            return "\(Self.prefix)/reset-password/\(token)?callbackURL=\(callback)"
        case .deleteUser:
            return "\(Self.prefix)/delete-user/callback?token=\(token)&callbackURL=\(callback)"
        case .verifyEmail, .leaveEmail, .changeEmail:
            let token = sign(subject, issued.id, at: now)
            return "\(Self.prefix)/verify-email?token=\(token)&callbackURL=\(callback)"
        }
    }

    private func sign(
        _ subject: MailLinks.Subject, _ row: ID<Verification>, at now: Instant
    ) -> String {
        var claims: JSONObject = ["email": .string(subject.email.text)]
        if subject.purpose != .verifyEmail, let email = subject.value.email {
            let request: Claims.Request = subject.purpose == .leaveEmail ? .leave : .change
            claims["updateTo"] = .string(email.text)
            claims["requestType"] = .string(request.rawValue)
            claims["jti"] = .string(row.description)
        }
        claims["iat"] = .integer(now.milliseconds / 1000)
        claims["exp"] = .integer(subject.endsAt.milliseconds / 1000)
        return JWT.sign(.object(claims), with: secrets)
    }

    /// Throws `JWTError` for what we have not signed, or not as a link of a mail.
    package func read(_ token: String, at now: Instant) throws(JWTError) -> Claims {
        var rules = JWTRules()
        rules.leeway = .zero
        let claims = try JWT.verify(token, secrets: secrets, at: now, rules: rules).claims
        guard let text = claims["email"]?.asString, let email = try? EmailAddress(text) else {
            throw .malformed
        }
        guard claims["updateTo"] != nil else { return Claims(email: email, change: nil) }
        guard
            let request = claims["requestType"]?.asString.flatMap(Claims.Request.init(rawValue:)),
            let row = claims["jti"]?.asString.flatMap({ ID<Verification>($0) })
        else { throw .malformed }
        return Claims(email: email, change: (request, row))
    }
}
