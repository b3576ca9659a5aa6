import API
import Coding
import Identity
import Surfaces

extension Email {
    /// The path that V1 has is better-auth's here.
    func verifying(_ surface: Tokens) -> SurfacePart {
        SurfacePart(Tokens.name, failures: MailWords.rows) {
            verifyingRoutes(
                verify: "/email/verify", resend: "/email/resend-verification", surface.cookie,
                Tokens.VerifiedBody.init)
        }
    }
}

extension Tokens {
    struct VerifiedBody: Codable, OperationOutput, Explained {
        static let outcome = Email.verifiedOutcome
        static let words = Email.verifiedWords

        let user: UserBody
        let tokens: TokensBody?

        init(_ verified: Email.Verified<IssuedTokens>) {
            user = UserBody(verified.user)
            tokens = verified.started.map(TokensBody.init)
        }
    }
}
