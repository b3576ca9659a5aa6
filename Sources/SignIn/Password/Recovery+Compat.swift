import API
import Coding
import HTTP
import Identity
import Secrets
import Surfaces
import Values

extension Password {
    func recovery(_ surface: Compat) -> SurfacePart {
        SurfacePart(
            Compat.name,
            failures: [
                FailureRow(.invalidToken, Compat.invalidToken),
                FailureRow(.resetOff, Compat.resetOff),
            ]
        ) {
            Operation(
                "requestPasswordReset", .post, "/request-password-reset",
                "Ask for a mail by which a new password can be chosen.",
                about: """
                    The answer is the same whether anybody has the address. The link of the mail ends \
                    at a page of the server; with `compat.mailLinks` set to `direct`, at `redirectTo`.
                    """, failures: [.resetOff]
            ) { (input: Compat.ResetWishInput, call) in
                guard identity.settings.password.isOn else { throw Failure.resetOff }
                let target = try CallbackURL(input.redirectTo).text
                try await forgotPassword(input.email, callbackURL: target, call)
                return Compat.ResetWishBody()
            }
            Operation(
                "resetPasswordCallback", .get, "/reset-password/:token",
                "Sends a browser on to the page that takes a new password.",
                about: """
                    With `token` in its query, or `error=INVALID_TOKEN`. Uses nothing up.
                    """, failures: [.invalidCallbackURL]
            ) { (input: Compat.ResetCallbackInput, call) in
                Compat.SentOn(to: try await target(of: input, surface, call))
            }
            Operation(
                "resetPassword", .post, "/reset-password",
                "Choose a new password with the token of a mail.",
                about: """
                    The token may stand in the query instead. All sessions of the user end, unless \
                    `auth.password.resetEndsSessions` is off.
                    """,
                failures: [
                    .invalidToken, .passwordTooShort, .passwordTooLong, .weakPassword,
                ], options: compatRules("newPassword")
            ) { (input: Compat.ResetPasswordInput, call) in
                try await reset(input, call)
                return Compat.StatusBody()
            }
        }
    }

    private func target(
        of input: Compat.ResetCallbackInput, _ surface: Compat, _ call: Call
    ) async throws -> String {
        guard surface.origins.allowsRedirect(to: input.callbackURL) else {
            throw Failure.invalidCallbackURL
        }
        let found = try await identity.verifications.look(
            VerificationToken(input.token), at: call.now)
        let isGood = found?.state == .open && found?.verification.purpose == .resetPassword
        return CallbackURL.absolute(input.callbackURL, forgotPassword.wishes.mails.links.baseURL)
            .adding(isGood ? ("token", input.token) : ("error", "INVALID_TOKEN"))
    }

    private func reset(_ input: Compat.ResetPasswordInput, _ call: Call) async throws {
        let sent = input.token ?? call.request.queryValue("token") ?? ""
        guard !sent.isEmpty else { throw Failure.invalidToken }
        let proof = MailProof.token(VerificationToken(sent))
        try await identity.attempts.count(proof, call)
        try await reset(proof, to: compatPassword(input.newPassword), call)
    }
}

extension Failure {
    /// Nobody has a password here.
    fileprivate static let resetOff = Failure("resetOff")
}

extension Compat {
    struct ResetWishInput: Codable, Sendable, Explained {
        static let words = [
            "redirectTo": MemberWords(
                "Where the link ends with `compat.mailLinks` set to `direct`.", example: "/reset")
        ]

        let email: EmailAddress
        let redirectTo: String?
    }

    struct ResetWishBody: Codable, OperationOutput, Explained {
        static let outcome = "The wish is noted."
        static let words = [
            "status": MemberWords("Always true.", example: true),
            "message": MemberWords("For people.", example: "Check your email"),
        ]

        var status = true
        var message = Compat.resetWished
    }

    struct ResetCallbackInput: Codable, Sendable, Explained {
        static let words = [
            "token": MemberWords("The token of the mail.", example: "k3vq0d9m"),
            "callbackURL": MemberWords("Where the browser goes on.", example: "/reset"),
        ]

        let token: String
        let callbackURL: String
    }

    struct ResetPasswordInput: Codable, Sendable, Explained {
        static let words = [
            "newPassword": MemberWords("The password from now on.", example: "Battery-staple-2"),
            "token": MemberWords("The token of the mail.", example: "k3vq0d9m"),
        ]

        let newPassword: String
        let token: String?
    }
}

extension Request {
    /// The first value of a name in the query; nil where the query cannot be read.
    fileprivate func queryValue(_ name: String) -> String? {
        let fields = query.flatMap { try? FormURLEncoded.decode(query: $0) }
        return fields?.first { $0.name == name }?.text
    }
}
