import API
import Coding
import Identity
import Surfaces

extension Email {
    /// The path that V1 has is better-auth's here.
    func verifying(_ surface: Tokens) -> SurfacePart {
        SurfacePart(Tokens.name, failures: MailWords.rows) {
            Operation(
                "verifyEmail", .post, "/email/verify", "Confirm an address with what a mail had.",
                about: Self.aboutVerifying, failures: [.invalidToken, .userBanned]
            ) { (input: MailedProof, call) in
                let verified = try await verify(input.proof(), call) { user, transaction in
                    try await identity.issueTokens(
                        for: user, on: call.device, at: call.now, in: transaction)
                }
                return WithCookies(
                    Tokens.VerifiedBody(verified),
                    verified.started.map { [surface.cookie.set($0.refresh)] } ?? [])
            }
            Operation(
                "resendVerification", .post, "/email/resend-verification",
                "Ask for another mail by which the address is confirmed.",
                about: Self.aboutResending
            ) { (input: VerificationWish, call) in
                try await resend(input.email, call)
                return SuccessBody()
            }
        }
    }
}

extension Tokens {
    struct VerifiedBody: Codable, OperationOutput, Explained {
        static let outcome = "The address is confirmed."
        static let words: [String: MemberWords] = [
            "tokens": "Where confirming the address signs in."
        ]

        let user: UserBody
        let tokens: TokensBody?

        init(_ verified: Email.Verified<IssuedTokens>) {
            user = UserBody(verified.user)
            tokens = verified.started.map(TokensBody.init)
        }
    }
}
