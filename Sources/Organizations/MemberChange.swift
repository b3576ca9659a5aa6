import API
import Identity

/// What somebody wants to do to a member: give a role, or remove. The rules, without the database.
struct MemberChange: Sendable {
    /// The role of who asks.
    let actor: OrganizationRole
    let isSelf: Bool
    /// The member's role now.
    let old: OrganizationRole
    /// Nil to remove the member.
    let new: OrganizationRole?
    let owners: Int

    /// Nobody rules over or makes what is above him; a member may only leave; an owner is always left.
    var refusal: Failure? {
        let isLeaving = isSelf && new == nil
        let mayRule = actor >= .admin && old <= actor && (new ?? .member) <= actor
        guard isLeaving || mayRule else { return .forbidden }
        return old == .owner && new != .owner && owners < 2 ? .lastOwner : nil
    }

    /// Whether the member may then do less than before.
    var isDemotion: Bool { new.map { $0 < old } ?? true }
}
