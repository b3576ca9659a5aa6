import API
import Coding
import Identity
import Surfaces

// S3-22, C28.

extension Email {
    func verifying(_ surface: V1) -> SurfacePart {
        SurfacePart(V1.name, failures: MailWords.rows) {
            Operation(
                "verifyEmail", .post, "/auth/verify-email",
                "Confirm an address with what a mail had.", about: Self.aboutVerifying,
                failures: [.invalidToken, .userBanned]
            ) { (input: MailedProof, call) in
                let verified = try await verify(input.proof(), call) { user, transaction in
                    try await identity.issueTokens(
                        for: user, on: call.device, at: call.now, in: transaction)
                }
                return WithCookies(
                    V1.VerifiedBody(verified),
                    verified.started.map { [surface.cookie.set($0.refresh)] } ?? [])
            }
            Operation(
                "resendVerification", .post, "/auth/resend-verification",
                "Ask for another mail by which the address is confirmed.",
                about: Self.aboutResending
            ) { (input: VerificationWish, call) in
                try await resend(input.email, call)
                return SuccessBody()
            }
        }
    }
}

extension V1 {
    struct VerifiedBody: Codable, OperationOutput, Explained {
        static let outcome = "The address is confirmed."
        static let words: [String: MemberWords] = [
            "tokens": "Where confirming the address signs in."
        ]

        let user: UserBody
        let tokens: TokensBody?

        init(_ verified: Email.Verified<IssuedTokens>) {
            user = UserBody(verified.user)
            tokens = verified.started.map { SignedInBody($0).tokens }
        }
    }
}
