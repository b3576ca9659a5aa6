import API
import Coding
import HTTP
import Identity
import Surfaces

extension Compat {
    /// What a provider's page sends a browser back with, in the query or as a form.
    struct CallbackInput: Codable, Sendable, Explained {
        static let words = [
            "code": MemberWords("Good once, for tokens.", example: "SplxlOBeZQQYbYS6WxSbIA"),
            "error": MemberWords("Why there is no code.", example: "access_denied"),
            "device_id": MemberWords("Of some providers. Without effect.", example: "b7Wv5c"),
            "error_description": MemberWords("The same for people.", example: "User said no"),
            "state": MemberWords(
                "As `/sign-in/social` put it into the page's address.",
                example: "af0ifjsldkj32characters"),
            "user": MemberWords(
                "What Apple sends once, beside the code: a name, as JSON.",
                example: #"{"name":{"firstName":"Ada"}}"#),
            "iss": MemberWords(
                "Who answers (RFC 9207).", example: "https://login.example.com"),
        ]

        let id: ProviderName
        let code: String?
        let error: String?
        let deviceID: String?
        let errorDescription: String?
        let state: String?
        let user: String?
        let iss: String?

        enum CodingKeys: String, CodingKey {
            case id, code, error
            case deviceID = "device_id"
            case errorDescription = "error_description"
            case state, user, iss
        }
    }

}

extension Compat.CallbackInput {
    var callback: ProviderCallback {
        ProviderCallback(
            code: code, state: state, error: error, issuer: iss,
            form: user.flatMap { try? JSON(parsing: Array($0.utf8)) })
    }

    /// For the query of a GET; what stands in the query of this request counts before its form.
    func fields(over query: String?) -> [FormURLEncoded.Field] {
        let given = query.flatMap { try? FormURLEncoded.decode(query: $0) } ?? []
        let own: [(name: String, text: String?)] = [
            ("code", code), ("error", error), ("device_id", deviceID),
            ("error_description", errorDescription), ("state", state), ("user", user),
            ("iss", iss),
        ]
        return own.compactMap { field in
            let text = given.last { $0.name == field.name }?.text ?? field.text
            return text.map { (field.name, $0) }
        }
    }
}

extension Compat {
    /// An address with a code that says what went wrong.
    static func errorTarget(
        _ base: String, _ code: String, _ description: String? = nil
    ) -> String {
        var query = [(name: "error", text: code)]
        if let description, !description.isEmpty {
            query.append(("error_description", description))
        }
        return base + (base.contains("?") ? "&" : "?") + FormURLEncoded.encode(query)
    }
}
