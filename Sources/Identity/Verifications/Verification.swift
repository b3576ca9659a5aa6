import Coding
import SQL
import Secrets
import Values

/// Something that a user may do once, because he could read a mail.
package enum VerificationPurpose: String, SQLValue, Codable, CaseIterable {
    case resetPassword = "reset-password"
    case verifyEmail = "verify-email"
    /// Asked at the address that a user leaves, where he had shown that it is his.
    case leaveEmail = "leave-email"
    /// Asked at the address that he goes to.
    case changeEmail = "change-email"
    case deleteUser = "delete-user"
}

/// What a mail was about, beside whose it is.
package struct VerificationValue: Codable, Hashable, Sendable {
    /// The address that a user wants.
    package var email: EmailAddress?
    /// Where his browser goes on, as the surface that asked has allowed it.
    package var callbackURL: String?

    package init(email: EmailAddress? = nil, callbackURL: String? = nil) {
        (self.email, self.callbackURL) = (email, callbackURL)
    }
}

/// A row of `verifications`: what a mail lets its reader do, by its link or by its code.
///
/// The link has 258 random bits, so its hash is all that is kept. A code is short: its hash has a
/// key, and five wrong ones end it. The link stays good then, or anybody could make it useless.
package struct Verification: Sendable {
    package static let triesMax = 5

    package let id: ID<Verification>
    package let user: ID<User>
    package let purpose: VerificationPurpose
    package let value: VerificationValue
}

/// The row as it is read.
struct VerificationRow: RowDecodable {
    let id: ID<Verification>
    let user: ID<User>
    let purpose: VerificationPurpose
    let sealed: String?

    init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        user = try row.next()
        purpose = try row.next()
        sealed = try row.next()
    }
}

/// A try with a code: the row that it was tried at, and whether it was right.
struct TriedVerification: RowDecodable {
    let row: VerificationRow
    let isRight: Bool

    init(row: inout Row) throws(DatabaseError) {
        self.row = try VerificationRow(row: &row)
        isRight = try row.next(Instant?.self) != nil
    }
}

/// A row with what has become of it, also after its end.
struct VerificationLook: RowDecodable {
    let row: VerificationRow
    let expiresAt: Instant
    let consumedAt: Instant?

    init(row: inout Row) throws(DatabaseError) {
        self.row = try VerificationRow(row: &row)
        expiresAt = try row.next()
        consumedAt = try row.next()
    }
}
