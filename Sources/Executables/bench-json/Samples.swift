import Coding
import Foundation
import Values

// What a server of this kind reads and writes most: a sign-in, a profile, a page of rows, a session,
// an error.

struct Login: Codable, Equatable {
    var email: String
    var password: String
}

struct Address: Codable, Equatable {
    var street: String
    var city: String
    var zip: String
    var country: String
}

enum Role: String, Codable, CaseIterable {
    case admin, member, guest
}

struct Profile: Codable, Equatable {
    var id: String
    var email: String
    var name: String
    var nickname: String?
    var age: Int
    var verified: Bool
    var score: Double
    var role: Role
    var address: Address
    var tags: [String]
}

struct Row: Codable, Equatable {
    var id: Int
    var name: String
    var email: String
    var active: Bool
    var amount: Double
    var role: Role
    var createdAt: String
    var note: String?
    var city: String
    var phone: String
    var balance: Int
    var ref: String
}

/// Values that check themselves.
struct Member: Codable, Equatable, JSONReadable {
    var id: ID<Member>
    var email: EmailAddress
    var createdAt: Instant
    var organization: ID<Row>?

    init(json: JSONCursor) throws {
        id = try json.value("id")
        email = try json.value("email")
        createdAt = try json.value("createdAt")
        organization = try json.optional("organization")
    }
}

/// The same shape for both coders: `Moment` is an `Instant` for ours, a `Date` for Foundation's.
struct SignedIn<Moment: Codable & Equatable>: Codable, Equatable {
    struct User: Codable, Equatable {
        var id: String
        var email: String
        var name: String
        var locale: String
        var emailVerified: Bool
        var createdAt: Moment
    }

    struct Session: Codable, Equatable {
        var id: String
        var token: String
        var expiresAt: Moment
        var userAgent: String
        var ip: String
        var generation: Int
    }

    var user: User
    var session: Session
}

/// The same without a second way to be written.
struct FastSignedIn: Codable, JSONWritable {
    var signedIn: SignedIn<Instant>

    func write(to json: inout JSONOutput) {
        let (user, session) = (signedIn.user, signedIn.session)
        json.open()
        json.open("user")
        json.field("id", user.id)
        json.field("email", user.email)
        json.field("name", user.name)
        json.field("locale", user.locale)
        json.field("emailVerified", user.emailVerified)
        json.field("createdAt", user.createdAt)
        json.close()
        json.open("session")
        json.field("id", session.id)
        json.field("token", session.token)
        json.field("expiresAt", session.expiresAt)
        json.field("userAgent", session.userAgent)
        json.field("ip", session.ip)
        json.field("generation", session.generation)
        json.close()
        json.close()
    }
}

struct ErrorBody: Codable, Equatable {
    struct Field: Codable, Equatable {
        var path: String
        var reason: String
    }

    var code: String
    var message: String
    var fields: [Field]
    var requestID: String
}

struct FastErrorBody: JSONWritable {
    var body: ErrorBody

    func write(to json: inout JSONOutput) {
        json.open()
        json.field("code", body.code)
        json.field("message", body.message)
        json.field("fields", body.fields.map(FastField.init))
        json.field("requestID", body.requestID)
        json.close()
    }

    struct FastField: JSONWritable {
        var field: ErrorBody.Field

        func write(to json: inout JSONOutput) {
            json.open()
            json.field("path", field.path)
            json.field("reason", field.reason)
            json.close()
        }
    }
}

struct FastRow: JSONWritable, JSONReadable {
    var row: Row

    init(row: Row) {
        self.row = row
    }

    func write(to json: inout JSONOutput) {
        json.open()
        json.field("id", row.id)
        json.field("name", row.name)
        json.field("email", row.email)
        json.field("active", row.active)
        json.field("amount", row.amount)
        json.field("role", row.role.rawValue)
        json.field("createdAt", row.createdAt)
        json.field("note", row.note)
        json.field("city", row.city)
        json.field("phone", row.phone)
        json.field("balance", row.balance)
        json.field("ref", row.ref)
        json.close()
    }

    init(json: JSONCursor) throws {
        row = Row(
            id: try json.value("id"), name: try json.value("name"),
            email: try json.value("email"), active: try json.value("active"),
            amount: try json.value("amount"), role: try json.value("role"),
            createdAt: try json.value("createdAt"), note: try json.optional("note"),
            city: try json.value("city"), phone: try json.value("phone"),
            balance: try json.value("balance"), ref: try json.value("ref"))
    }
}

extension Login: JSONReadable {
    init(json: JSONCursor) throws {
        email = try json.value("email")
        password = try json.value("password")
    }
}

extension Address: JSONReadable {
    init(json: JSONCursor) throws {
        street = try json.value("street")
        city = try json.value("city")
        zip = try json.value("zip")
        country = try json.value("country")
    }
}

extension Profile: JSONReadable {
    init(json: JSONCursor) throws {
        id = try json.value("id")
        email = try json.value("email")
        name = try json.value("name")
        nickname = try json.optional("nickname")
        age = try json.value("age")
        verified = try json.value("verified")
        score = try json.value("score")
        role = try json.value("role")
        address = try json.value("address")
        tags = try json.value("tags")
    }
}

enum Samples {
    static let login = #"{"email":"ada@example.com","password":"correct horse 12"}"#

    static let profile =
        #"{"id":"01J9ZK3V5XQ8M2N4P6R7S8T9WA","email":"ada.lovelace@example.com","#
        + #""name":"Ada Lovelace","age":36,"verified":true,"score":98.25,"role":"member","#
        + #""address":{"street":"12 St James's Square","city":"London","zip":"SW1Y 4JH","#
        + #""country":"GB"},"tags":["mathematics","engines","poetry"]}"#

    static let member =
        #"{"id":"01890a5d-ac96-774b-bcce-b302099a8057","email":"ada.lovelace@example.com","#
        + #""createdAt":"2026-01-31T09:30:00.125Z","#
        + #""organization":"01890a5d-ac96-774b-bcce-b302099a8058"}"#

    static let rows: [Row] = (0..<20).map { index in
        Row(
            id: 1000 + index, name: "Customer Number \(index)",
            email: "customer\(index)@example.com", active: index % 3 != 0,
            amount: 19.99 + Double(index) * 10.5, role: Role.allCases[index % 3],
            createdAt: "2026-03-\(10 + index)T08:30:00.125Z",
            note: index % 4 == 0 ? "Prefers e-mail" : nil, city: "Amsterdam",
            phone: "+31 20 555 01\(10 + index)", balance: -1200 + index * 317,
            ref: "ord_\(100000 + index * 7919)")
    }

    static func signedIn<Moment>(_ moment: Moment) -> SignedIn<Moment> {
        SignedIn(
            user: .init(
                id: "01J9ZK3V5XQ8M2N4P6R7S8T9WA", email: "ada.lovelace@example.com",
                name: "Ada Lovelace", locale: "en-GB", emailVerified: true, createdAt: moment),
            session: .init(
                id: "01J9ZK3V5XQ8M2N4P6R7S8T9WB",
                token: "at_s8Jd0qkLz2vXw9TnRb4YfHc7UeMi1PgA3oKx5", expiresAt: moment,
                userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", ip: "203.0.113.42",
                generation: 3))
    }

    static let error = ErrorBody(
        code: "INVALID_INPUT", message: "Some fields are not valid.",
        fields: [
            .init(path: "email", reason: "must be an e-mail address"),
            .init(path: "password", reason: "must be at least 12 characters long"),
        ], requestID: "req_01J9ZK3V5XQ8")
}
