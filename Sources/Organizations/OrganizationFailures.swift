import API
import Surfaces

extension Failure {
    static let slugTaken = Failure("slugTaken")
    static let tooManyOrganizations = Failure("tooManyOrganizations")
    static let tooManyMembers = Failure("tooManyMembers")
    static let memberNotFound = Failure("memberNotFound")
    static let alreadyMember = Failure("alreadyMember")
    static let alreadyInvited = Failure("alreadyInvited")
    /// Unknown, somebody else's, used, withdrawn or too old: all the same to who asks.
    static let invitationNotFound = Failure("invitationNotFound")
}

extension Organizations {
    static let rows = [
        V1.organizationNotFound,
        FailureRow(.slugTaken, .conflict, "SLUG_TAKEN", "The slug is taken"),
        FailureRow(
            .tooManyOrganizations, .conflict, "TOO_MANY_ORGANIZATIONS",
            "You own as many organizations as are allowed"),
        FailureRow(
            .tooManyMembers, .conflict, "TOO_MANY_MEMBERS",
            "The organization has as many members and invitations as are allowed"),
        FailureRow(.memberNotFound, .notFound, "MEMBER_NOT_FOUND", "There is no such member"),
        FailureRow(
            .alreadyMember, .conflict, "ALREADY_MEMBER", "This user is a member already"),
        FailureRow(
            .alreadyInvited, .conflict, "ALREADY_INVITED", "This address has been invited already"),
        FailureRow(
            .invitationNotFound, .notFound, "INVITATION_NOT_FOUND", "There is no such invitation"),
        FailureRow(
            .lastOwner, .conflict, "LAST_OWNER",
            "The organization needs an owner; make another member one first"),
    ]
}
