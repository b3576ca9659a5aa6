import HTTP

/// Fields that tell browsers to be careful with what we send.
enum SecurityFields {
    /// Of every answer. `Strict-Transport-Security` only where browsers come over TLS: on plain HTTP it
    /// would mean nothing.
    static func common(isSecure: Bool) -> Fields {
        var fields: Fields = [
            FieldName("x-content-type-options"): "nosniff",
            FieldName("x-frame-options"): "DENY",
            FieldName("referrer-policy"): "strict-origin-when-cross-origin",
        ]
        if isSecure {
            fields.append(
                FieldName("strict-transport-security"), "max-age=31536000; includeSubDomains")
        }
        return fields
    }

    static let policyName = FieldName("content-security-policy")

    /// An answer of an API loads nothing and is framed nowhere. A page has a policy of its own.
    static func restrict(_ response: inout Response) {
        guard !response.fields.contains(policyName) else { return }
        response.fields.append(policyName, "default-src 'none'; frame-ancestors 'none'")
    }
}
