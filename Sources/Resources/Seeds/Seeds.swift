import Identity
import Secrets
import Values

/// What shall be there to begin with, as a directory of declarations says it: users, organizations
/// and rows, to try things out with.
package struct Seeds: Sendable {
    package var users: [SeedUser] = []
    package var organizations: [SeedOrganization] = []
    /// What a row refers to comes before it.
    package var rows: [SeedRow] = []

    package init() {}
}

/// Somebody who shall be there, to sign in and to own rows.
package struct SeedUser: Sendable {
    package let email: EmailAddress
    package let name: String?
    /// Known to whoever reads the file.
    package let password: Secret<String>?

    package init(email: EmailAddress, name: String?, password: Secret<String>? = nil) {
        (self.email, self.name, self.password) = (email, name, password)
    }
}

/// An organization that shall be there. Its owner is one of the users beside it.
package struct SeedOrganization: Sendable {
    package let slug: String
    package let name: String
    package let owner: EmailAddress
}

/// A row that shall be there.
///
/// Its id is made of its resource and key, so that it is the same row in every database and whenever
/// it is sown: nothing is ever sown twice, whatever became of it since.
package struct SeedRow: Sendable {
    /// Whose it is, by what seeds call him.
    package enum Owner: Hashable, Sendable {
        case nobody
        case user(EmailAddress)
        case organization(slug: String)
    }

    package let resource: Resource
    /// What seeds call it.
    package let key: String
    package let owner: Owner
    package let values: [FieldValue]

    /// `items/sample`
    package var title: String { resource.name + "/" + key }

    package var id: ID<ResourceRow> { Self.id(of: key, in: resource.name) }

    /// A UUID of version 8, which is for whoever makes them of something (RFC 9562 §5.8).
    static func id(of key: String, in resource: String) -> ID<ResourceRow> {
        let digest = SHA256.digest(of: "seed \(resource)/\(key)").bytes
        func word(_ range: Range<Int>) -> UInt64 {
            digest[range].reduce(0) { $0 << 8 | UInt64($1) }
        }
        return ID(
            high: word(0..<8) & ~0xF000 | 0x8000, low: word(8..<16) >> 2 | 0x8000_0000_0000_0000)
    }
}
