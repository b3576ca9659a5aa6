import HTTP

/// Fields that tell browsers to be careful with what we send.
enum SecurityFields {
    /// Of every answer. `Strict-Transport-Security` only where browsers come over TLS: on plain
    /// HTTP it would mean nothing.
    static func common(isSecure: Bool) -> Fields {
        var fields: Fields = [
            .contentTypeOptions: "nosniff", .frameOptions: "DENY",
            .referrerPolicy: "strict-origin-when-cross-origin",
        ]
        if isSecure {
            fields.append(.strictTransportSecurity, "max-age=31536000; includeSubDomains")
        }
        return fields
    }

    /// An answer of an API loads nothing and is framed nowhere. A page has a policy of its own.
    static let apiPolicy = "default-src 'none'; frame-ancestors 'none'"
}

extension FieldName {
    static let contentTypeOptions: FieldName = FieldName("x-content-type-options")
    static let frameOptions: FieldName = FieldName("x-frame-options")
    static let referrerPolicy: FieldName = FieldName("referrer-policy")
    static let strictTransportSecurity: FieldName = FieldName("strict-transport-security")
}
