import AtriumTesting
import Coding
import HTTP
import Server
import Testing
import Values

extension SettingsChange {
    static var mailsAtSignUp: SettingsChange { .set(\.auth.verification.sendOnSignUp, true) }
    static var verificationRequired: SettingsChange { .set(\.auth.verification.required, true) }
    static var directLinks: SettingsChange { .set(\.compat.mailLinks, .direct) }
}

extension TestClient {
    /// Shows V1 what a mail had.
    func verify(_ proof: JSON) async -> TestAnswer {
        await post("/api/v1/auth/verify-email", proof)
    }

    func verify(token: String) async -> TestAnswer { await verify(["token": .string(token)]) }

    func verify(code: String, _ email: String = "ada@example.com") async -> TestAnswer {
        await verify(["email": .string(email), "code": .string(code)])
    }

    func resend(_ email: String = "ada@example.com") async -> TestAnswer {
        await post("/api/v1/auth/resend-verification", ["email": .string(email)])
    }

    func changeEmail(to email: String, bearer: String) async -> TestAnswer {
        await post(
            "/api/v1/auth/change-email", ["newEmail": .string(email)], bearer: bearer)
    }

    func confirmChange(token: String) async -> TestAnswer {
        await post("/api/v1/auth/change-email/confirm", ["token": .string(token)])
    }

    /// What the button of the page sends.
    func pressButton(_ proof: JSON) async -> TestAnswer { await post("/auth/confirm", proof) }

    func isVerified(bearer: String) async -> JSON? {
        await get("/api/auth/me", bearer: bearer).json["emailVerified"]
    }
}

/// `ABCD-EFGH` with its first letter another one.
func wrong(_ code: String) -> String { (code.hasPrefix("A") ? "B" : "A") + code.dropFirst() }
