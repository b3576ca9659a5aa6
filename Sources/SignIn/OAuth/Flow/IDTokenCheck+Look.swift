import Coding

extension IDTokenCheck {
    /// Whether a token that somebody shows may turn out to be the provider's: what is no token, or says
    /// itself that it is another's, is not worth asking the provider for its keys. Nothing is believed.
    func mayBeRight(_ token: String) -> Bool {
        guard token.utf8.count <= Self.bytesMax else { return false }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, Self.object(parts[0]) != nil, let claims = Self.object(parts[1])
        else { return false }
        return rules.accepts(issuerOf: claims)
    }

    private static func object(_ part: Substring) -> JSON? {
        guard let bytes = Base64URL.decode(part), let value = try? JSON(parsing: bytes),
            value.asObject != nil
        else { return nil }
        return value
    }
}
