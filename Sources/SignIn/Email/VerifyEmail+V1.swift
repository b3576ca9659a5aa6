import API
import Coding
import Identity
import Surfaces

// S3-22, C28.

extension Email {
    func verifying(_ surface: V1) -> SurfacePart {
        SurfacePart(V1.name, failures: MailWords.rows) {
            verifyingRoutes(
                verify: "/auth/verify-email", resend: "/auth/resend-verification",
                surface.cookie, V1.VerifiedBody.init)
        }
    }

    /// What V1 and Tokens have in common, below paths of their own and with users as each shows them.
    @Routes func verifyingRoutes<Body: Codable & OperationOutput>(
        verify: String, resend: String, _ cookie: RefreshCookie,
        _ body: @escaping @Sendable (Verified<IssuedTokens>) -> Body
    ) -> [Route] {
        Operation(
            "verifyEmail", .post, verify, "Confirm an address with what a mail had.",
            about: Self.aboutVerifying, failures: [.invalidToken, .userBanned]
        ) { (input: MailedProof, call) in
            let verified = try await self.verify(input.proof(), call) { user, transaction in
                try await identity.issueTokens(
                    for: user, on: call.device, at: call.now, in: transaction)
            }
            return WithCookies(
                body(verified), verified.started.map { [cookie.set($0.refresh)] } ?? [])
        }
        Operation(
            "resendVerification", .post, resend,
            "Ask for another mail by which the address is confirmed.", about: Self.aboutResending
        ) { (input: VerificationWish, call) in
            try await self.resend(input.email, call)
            return SuccessBody()
        }
    }
}

extension V1 {
    struct VerifiedBody: Codable, OperationOutput, Explained {
        static let outcome = Email.verifiedOutcome
        static let words = Email.verifiedWords

        let user: UserBody
        let tokens: TokensBody?

        init(_ verified: Email.Verified<IssuedTokens>) {
            user = UserBody(verified.user)
            tokens = verified.started.map { SignedInBody($0).tokens }
        }
    }
}
