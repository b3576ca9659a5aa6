import Coding
import Identity

extension IdentitySettings {
    /// What the API's document shows of the fields that settings add: among the members on Compat, in
    /// a member of their own elsewhere.
    var shownFields: [String: [Schema.Property]] {
        let users = Self.properties(user.fields)
        let sessions = Self.properties(session.fields)
        var shapes = ["CompatUser": users, "CompatSession": sessions]
        if !users.isEmpty {
            let fields = Schema(.object(properties: users, required: []))
            for name in ["V1User", "TokensUser"] {
                shapes[name] = [
                    Schema.Property(
                        "fields", fields.described("What `auth.user.fields` adds."))
                ]
            }
        }
        return shapes
    }

    private static func properties(_ fields: [FieldDeclaration]) -> [Schema.Property] {
        fields.filter(\.isReturned).map { Schema.Property($0.name.text, $0.schema) }
    }
}
