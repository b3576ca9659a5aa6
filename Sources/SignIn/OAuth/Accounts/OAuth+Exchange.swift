import API
import Identity
import SQL
import Values

extension OAuth {
    /// Starts the session that a one-time code stands for. Of those that race for it, one gets it.
    func exchange(_ code: String, verifier: String?, _ call: Call) async throws -> IssuedTokens {
        try await identity.attempts.countCodeExchange(call)
        let tokens = try await identity.database.transaction { transaction in
            let found = try await identity.signInStates.consumeCode(
                code, verifier: verifier, at: call.now, in: transaction)
            guard let found, let user = try await transaction.first(User.find, found.userID) else {
                throw Failure.unknownSignInCode
            }
            let tokens = try await identity.issueTokens(
                for: user, on: call.device, at: call.now, in: transaction)
            try await identity.record(
                .signedIn, about: tokens, by: "oauth:" + found.provider, call, in: transaction)
            return tokens
        }
        call.note(userID: tokens.active.user.id.description)
        return tokens
    }
}
