import Coding
import Values

/// A file of seeds as it is written.
struct SeedFileDraft: Decodable {
    let users: JSON?
    let organizations: JSON?
    let rows: JSON?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case users, organizations, rows
    }
}

/// A user as he stands in a file, behind his address.
struct SeedUserDraft: Decodable {
    let name: String?
    let password: String?
    let rows: JSON?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case name, password, rows
    }
}

/// An organization as it stands in a file, behind its slug.
struct SeedOrganizationDraft: Decodable {
    let name: String
    let owner: EmailAddress
    let rows: JSON?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case name, owner, rows
    }
}

/// A row as it stands in a file, before what it refers to is known.
struct SeedRowDraft {
    let resource: String
    let key: String
    let owner: SeedRow.Owner
    let json: JSON
    let file: String
    /// `users.ada@example.com.rows.items.first`
    let place: String

    func mistake(_ path: String, _ problem: String) -> DeclarationMistake {
        DeclarationMistake(file: file, path: place + path, problem)
    }
}
