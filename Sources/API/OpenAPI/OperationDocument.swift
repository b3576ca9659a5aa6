import Coding
import HTTP

/// One operation in the API's document.
struct OperationDocument {
    let json: JSON

    init(_ route: DocumentedRoute, _ components: DocumentComponents) {
        let mounted = route.mounted
        let input = InputDocument(route, components)
        let answers = AnswersDocument(route, components)
        var object: JSONObject = [
            "operationId": .string(mounted.operationID),
            "summary": .string(mounted.route.summary),
        ]
        if let about = mounted.route.about { object["description"] = .string(about) }
        object["tags"] = [.string(mounted.surface.name)]
        if !input.parameters.isEmpty { object["parameters"] = .list(input.parameters) }
        if let body = input.body { object["requestBody"] = body }
        object["responses"] = answers.json
        object["security"] = .list(Self.security(mounted.route))
        json = .object(object)
    }

    /// One of these credentials; the empty one means none.
    private static func security(_ route: Route) -> [JSON] {
        let schemes = route.schemes + route.options.optionalSchemes
        let requirements = schemes.map { JSON.object([$0.name: .list([])]) }
        return route.schemes.isEmpty ? requirements + [.object([:])] : requirements
    }
}

extension Route {
    /// Whether fields that are not in the path come from the body.
    var takesBody: Bool { ![Method.get, .head, .delete].contains(method) }
}
