import Coding
import HTTP

/// The OpenAPI 3.1 document of a program, made from the operations that serve it.
package struct OpenAPIDocument: Sendable {
    package let json: JSON

    /// Throws what the start has refused already: an operation whose types have no schema.
    package init(_ mount: Mount, title: String, version: String, server: String) throws {
        var paths: [(String, JSON)] = []
        let visible = mount.routes.filter { !$0.route.options.isHidden }
        for (path, routes) in visible.grouped(by: \.templatePath) {
            let operations = try routes.map { route in
                (route.route.method.name.lowercased(), try OperationDocument(route).json)
            }
            paths.append((path, .object(JSONObject(operations))))
        }
        json = [
            "openapi": "3.1.0",
            "info": [
                "title": .string(title), "version": .string(version),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": .string(server)]],
            "tags": .list(Self.tags(of: visible)),
            "paths": .object(JSONObject(paths)),
            "components": [
                "schemas": .object(Self.errorSchemas(of: visible)),
                "securitySchemes": .object(Self.securitySchemes(of: visible)),
            ],
        ]
    }

    private static func tags(of routes: [MountedRoute]) -> [JSON] {
        routes.grouped(by: \.surface.name).map { ["name": .string($0.key)] }
    }

    private static func errorSchemas(of routes: [MountedRoute]) -> JSONObject {
        JSONObject(
            routes.grouped(by: \.surface.name).map { name, routes in
                ("\(name)Error", routes[0].surface.errors.schema.json)
            })
    }

    private static func securitySchemes(of routes: [MountedRoute]) -> JSONObject {
        let schemes = routes.flatMap(\.route.schemes).grouped(by: \.name).map { $0.values[0] }
        return JSONObject(schemes.map { ($0.name, $0.json) })
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

extension SecurityScheme {
    fileprivate var json: JSON {
        switch kind {
        case .bearer(let format):
            ["type": "http", "scheme": "bearer", "bearerFormat": .string(format)]
        case .cookie(let name):
            ["type": "apiKey", "in": "cookie", "name": .string(name)]
        case .header(let name):
            ["type": "apiKey", "in": "header", "name": .string(name)]
        }
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
