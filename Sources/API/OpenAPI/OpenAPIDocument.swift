import Coding
import HTTP

/// The OpenAPI 3.1 document of a program, made from the operations that serve it.
///
/// Nothing in it is written twice: paths, fields and their rules come from the types that read
/// requests, answers from the types that are written, errors from the surfaces' tables. What has to
/// be said in words stands beside what it is about.
package struct OpenAPIDocument: Sendable {
    package let json: JSON

    /// What the document says of the program as a whole.
    package struct About: Sendable {
        package var title: String
        package var version: String
        /// CommonMark.
        package var description: String
        /// Where the program is reached.
        package var server: String
        /// What the program's settings add to shapes that are written, by the names of these.
        package var additions: [String: [Schema.Property]] = [:]

        package init(
            title: String, version: String, description: String = "", server: String,
            additions: [String: [Schema.Property]] = [:]
        ) {
            self.additions = additions
            self.title = title
            self.version = version
            self.description = description
            self.server = server
        }
    }

    /// Throws what the tests of a program refuse: an operation whose types have no schema, or two
    /// types of one name.
    package init(_ mount: Mount, _ about: About) throws {
        let visible = mount.routes.filter { !$0.route.options.isHidden }
        let components = DocumentComponents(
            try visible.map(DocumentedRoute.init), about.additions)
        let paths = components.routes.grouped(by: \.mounted.templatePath).map { path, routes in
            let operations = routes.map { route in
                (
                    route.mounted.route.method.name.lowercased(),
                    OperationDocument(route, components).json
                )
            }
            return (path, JSON.object(JSONObject(operations)))
        }
        json = [
            "openapi": "3.1.0", "info": about.info, "servers": [["url": .string(about.server)]],
            "tags": .list(Self.tags(of: visible)), "paths": .object(JSONObject(paths)),
            "components": try components.json(Self.schemes(of: visible)),
        ]
    }

    private static func tags(of routes: [MountedRoute]) -> [JSON] {
        routes.grouped(by: \.surface.name).map { name, routes in
            var tag: JSONObject = ["name": .string(name)]
            if let about = routes[0].surface.about { tag["description"] = .string(about) }
            return .object(tag)
        }
    }

    private static func schemes(of routes: [MountedRoute]) -> [SecurityScheme] {
        routes.flatMap { $0.route.schemes + $0.route.options.optionalSchemes }
            .grouped(by: \.name).map { $0.values[0] }
    }
}

extension OpenAPIDocument.About {
    fileprivate var info: JSON {
        var info: JSONObject = ["title": .string(title), "version": .string(version)]
        if !description.isEmpty { info["description"] = .string(description) }
        info["license"] = ["name": "Apache-2.0", "identifier": "Apache-2.0"]
        return .object(info)
    }
}

extension MountedRoute {
    /// `/items/{id}`
    fileprivate var templatePath: String {
        path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.first == ":" ? "{\($0.dropFirst())}" : String($0) }
            .joined(separator: "/")
    }
}

extension Sequence {
    /// Groups in the order in which their keys first appear.
    func grouped<Key: Hashable>(by key: (Element) -> Key) -> [(key: Key, values: [Element])] {
        var positions: [Key: Int] = [:]
        var groups: [(key: Key, values: [Element])] = []
        for element in self {
            let key = key(element)
            if let position = positions[key] {
                groups[position].values.append(element)
            } else {
                positions[key] = groups.count
                groups.append((key, [element]))
            }
        }
        return groups
    }
}
