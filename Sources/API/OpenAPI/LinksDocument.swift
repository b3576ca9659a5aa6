import Coding
import HTTP

/// Where a client may go on from an answer: the operations of its surface that take a member of it.
///
/// Two members are the same thing when they have the same name and the same words: types that share
/// something share its words, too.
struct LinksDocument {
    let json: JSON?

    init(from output: Schema, of mounted: MountedRoute, to routes: [DocumentedRoute]) {
        let members = output.told(at: "")
        var links = JSONObject()
        for route in routes where route.mounted.surface.name == mounted.surface.name {
            let taken = route.documentation.input.schema.properties.compactMap { property in
                members.first { $0.property.isSame(as: property) }
            }
            if !taken.isEmpty { links[route.mounted.operationID] = Self.link(route.mounted, taken) }
        }
        json = links.isEmpty ? nil : .object(links)
    }

    private static func link(_ target: MountedRoute, _ members: [Member]) -> JSON {
        let values = JSONObject(
            members.map { ($0.property.name, .string("$response.body#" + $0.pointer)) })
        let names = members.map { "`\($0.property.name)`" }.joined(separator: ", ")
        return [
            "operationId": .string(target.operationID),
            target.route.takesBody ? "requestBody" : "parameters": .object(values),
            "description": .string("Takes \(names) of this answer."),
        ]
    }

    /// A member of an answer, with the JSON Pointer to it (RFC 6901).
    fileprivate struct Member {
        let property: Schema.Property
        let pointer: String
    }
}

extension Schema {
    fileprivate var properties: [Property] {
        if case .object(let properties, _) = kind { properties } else { [] }
    }

    /// All members, also of members, that there are words about.
    fileprivate func told(at pointer: String) -> [LinksDocument.Member] {
        properties.flatMap { property in
            let pointer = pointer + "/" + property.name
            return
                (property.schema.description == nil
                ? [] : [LinksDocument.Member(property: property, pointer: pointer)])
                + property.schema.told(at: pointer)
        }
    }
}

extension Schema.Property {
    fileprivate func isSame(as other: Schema.Property) -> Bool {
        name == other.name && schema.description != nil
            && schema.description == other.schema.description
    }
}
