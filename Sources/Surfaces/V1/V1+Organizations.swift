import API
import Identity

extension V1 {
    /// For all features that name organizations.
    package static let organizationNotFound = FailureRow(
        .organizationNotFound, .notFound, "ORGANIZATION_NOT_FOUND",
        "There is no such organization")
}
