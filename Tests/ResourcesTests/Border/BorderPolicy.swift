import Coding
import Identity

@testable import Resources

/// Whose rows a resource has and who may do what with them, in one of the ways that a declaration
/// can say it.
struct BorderPolicy: Sendable {
    let owner: ResourceDeclaration.Owner
    let read: String
    let write: String

    /// Every kind of rule for every kind of owner.
    static let all = [
        BorderPolicy(owner: .user, read: "owner", write: "owner"),
        BorderPolicy(owner: .user, read: "signedIn", write: "owner"),
        BorderPolicy(owner: .user, read: "anyone", write: "owner"),
        BorderPolicy(owner: .user, read: "signedIn and not owner", write: "signedIn"),
        BorderPolicy(owner: .organization, read: "owner", write: "organization.role >= admin"),
        BorderPolicy(owner: .organization, read: "organization.role >= admin", write: "owner"),
        BorderPolicy(
            owner: .organization, read: "owner and not organization.role >= owner",
            write: "owner"),
        BorderPolicy(owner: .organization, read: "anyone", write: "organization.role >= owner"),
        BorderPolicy(
            owner: .organization, read: "signedIn and (not owner or organization.role >= admin)",
            write: "signedIn"),
        BorderPolicy(owner: .none, read: "signedIn", write: "signedIn"),
        BorderPolicy(owner: .none, read: "anyone", write: "signedIn"),
    ]

    func rule(_ action: ResourceAction) throws -> Rule {
        try RuleParser.parse(action == .read ? read : write)
    }
}

/// A resource of the world: one that others refer to, or one that refers.
struct BorderKind: Sendable {
    let name: String
    let policy: BorderPolicy
    let isSoft: Bool
    /// The kind that its rows refer to.
    let parent: String?
    /// The kinds that refer to it, by the names of the relations.
    let children: [(relation: String, kind: String)]

    var path: String { "/api/v1/\(name)" }

    /// Each policy once as the parent of two others.
    static let all: [BorderKind] = {
        let policies = BorderPolicy.all
        let parents = policies.indices.map { index in
            BorderKind(
                name: "parents\(index)x", policy: policies[index],
                isSoft: index.isMultiple(of: 2), parent: nil,
                children: ["a", "b"].map { ("kin\($0)", "kin\($0)\(index)x") })
        }
        let children = policies.indices.flatMap { index in
            [("a", 3), ("b", 7)].map { letter, step in
                BorderKind(
                    name: "kin\(letter)\(index)x",
                    policy: policies[(index * step + 1) % policies.count],
                    isSoft: !(index + step).isMultiple(of: 4), parent: "parents\(index)x",
                    children: [])
            }
        }
        return parents + children
    }()

    /// The declaration, as it would stand in a file.
    var declaration: JSON {
        let rules: JSONObject = [
            "read": .string(policy.read), "update": .string(policy.write),
            "delete": .string(policy.write), "create": "signedIn",
        ]
        var fields: JSONObject = [
            "name": ["type": "text", "required": true, "length": [1, 100]],
            "status": ["type": "enum", "values": ["active", "inactive"], "default": "active"],
            "rank": ["type": "integer", "default": 0],
        ]
        var filter: [JSON] = ["name", "status", "rank", "createdAt"]
        if let parent {
            fields["parent"] = ["type": "reference", "resource": .string(parent)]
            filter.append("parent")
        }
        return [
            "name": .string(name), "owner": .string(policy.owner.rawValue),
            "delete": isSoft ? "soft" : "hard", "fields": .object(fields),
            "relations": .object(
                JSONObject(
                    children.map {
                        ($0.relation, ["resource": .string($0.kind), "field": "parent"])
                    })),
            "search": ["name"], "sort": ["-createdAt", "name", "rank"], "filter": .list(filter),
            "rules": .object(rules),
        ]
    }
}
