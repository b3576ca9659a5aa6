import Coding
import Identity
import Secrets
import Values

/// The SHA-256 of a secret that a page keeps, in base64url (RFC 7636 §4.2).
struct CodeChallenge: StringValue, Sendable {
    let text: String

    init(_ text: String) throws(Invalid) {
        guard text.utf8.count == 43, Base64URL.decode(text)?.count == 32 else {
            throw .rule("code.challenge")
        }
        self.text = text
    }

    private init(literal text: String) { self.text = text }

    /// The last character has two bits only.
    static var schema: Schema {
        .string(length: 43...43, pattern: "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$")
    }
    static var example: CodeChallenge {
        CodeChallenge(literal: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }
}

struct StartSignInInput: Codable, Sendable, Explained {
    static let words: [String: MemberWords] = [
        "redirect_to": MemberWords(
            "Where the callback sends the browser with a one-time code: an address of a trusted origin, "
                + "or a path of ours, without `#`. Left out, the callback answers with the tokens.",
            example: "/welcome"),
        "request_sign_up":
            "Asks for an account where the provider makes one of those only who ask.",
        "login_hint": MemberWords("Whom the provider should expect.", example: "ada@example.com"),
        "code_challenge": "What `codeVerifier` has to answer when the code is exchanged.",
    ]

    let provider: ProviderID
    let redirectTo: String?
    let requestSignUp: Bool?
    let loginHint: String?
    let codeChallenge: CodeChallenge?

    enum CodingKeys: String, CodingKey {
        case provider
        case redirectTo = "redirect_to"
        case requestSignUp = "request_sign_up"
        case loginHint = "login_hint"
        case codeChallenge = "code_challenge"
    }
}

struct LinkAccountInput: Codable, Sendable, Explained {
    static let words: [String: MemberWords] = [
        "redirectTo": MemberWords(
            "Where the callback sends the browser afterwards, with `linked` in the query.",
            example: "/account")
    ]

    let provider: ProviderID
    let redirectTo: String?
}

/// What a provider's page sends a browser back with (RFC 6749 §4.1.2, RFC 9207).
struct CallbackInput: Codable, Sendable, Explained {
    static let words: [String: MemberWords] = [
        "code": "What the provider gives for tokens.",
        "state": "What it was given to bring back.",
        "error": MemberWords("Why there is no code.", example: "access_denied"),
        "error_description": "The same for people. It is not shown.",
        "iss": MemberWords("Which provider that is.", example: "https://id.example.com"),
    ]

    let provider: ProviderID
    let code: String?
    let state: String?
    let error: String?
    let errorDescription: String?
    let iss: String?

    enum CodingKeys: String, CodingKey {
        case provider, code, state, error
        case errorDescription = "error_description"
        case iss
    }

    var callback: ProviderCallback {
        ProviderCallback(code: code, state: state, error: error, issuer: iss)
    }
}

struct ExchangeCodeInput: Codable, Sendable, Explained {
    static let words: [String: MemberWords] = [
        "code": MemberWords(
            "The `code` of the address that the browser was sent to.",
            example: "3q2-7wAAq83vASNFZ4mrze8BI0VniavN7wEjRWeJq80"),
        "codeVerifier": MemberWords(
            "The secret whose SHA-256 was `code_challenge`, if there was one.",
            example: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
    ]

    let code: String
    let codeVerifier: String?
}

struct UnlinkAccountInput: Codable, Sendable {
    let id: ID<ProviderAccount>
}
