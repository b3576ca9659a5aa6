import Coding
import HTTP

/// One operation in the API's document.
struct OperationDocument {
    let json: JSON

    init(_ mounted: MountedRoute) throws {
        let documentation = try mounted.route.documentation()
        let inputs = InputDocument(mounted, documentation.input)
        var object: JSONObject = [
            "operationId": .string(mounted.operationID),
            "summary": .string(mounted.route.summary),
            "tags": [.string(mounted.surface.name)],
        ]
        if !inputs.parameters.isEmpty { object["parameters"] = .list(inputs.parameters) }
        if let body = inputs.body { object["requestBody"] = body }
        object["responses"] = .object(Self.responses(mounted, documentation.output))
        if !mounted.route.schemes.isEmpty {
            object["security"] = .list(
                mounted.route.schemes.map { .object([$0.name: .list([])]) })
        }
        json = .object(object)
    }

    private static func responses(
        _ mounted: MountedRoute, _ output: OutputDocumentation
    ) -> JSONObject {
        var success: JSONObject = ["description": .string(output.description)]
        if let type = output.mediaType {
            let content = JSON.object(output.schema.map { ["schema": $0.json] } ?? [:])
            success["content"] = .object([type: content])
        }
        var responses: JSONObject = ["\(output.status.code)": .object(success)]
        for (status, answers) in errors(mounted).grouped(by: \.status.code) {
            guard responses["\(status)"] == nil else { continue }
            responses["\(status)"] = error(answers, mounted)
        }
        return responses
    }

    private static func errors(_ mounted: MountedRoute) -> [ErrorAnswer] {
        let failures =
            mounted.route.failures
            + (Failure.edge + mounted.surface.admissionFailures).filter { failure in
                !mounted.route.failures.contains(failure) && failure.mayMeet(mounted)
            }
        let invalid = mounted.surface.errors.invalid(InvalidInput(fields: []))
        return ([invalid] + failures.map(mounted.table.answer))
            .sorted { $0.status.code < $1.status.code }
    }

    private static func error(_ answers: [ErrorAnswer], _ mounted: MountedRoute) -> JSON {
        let lines = answers.map { answer in
            answer.code.map { "`\($0)`: \(answer.message)" } ?? answer.message
        }
        let schema = JSON.object([
            "$ref": .string("#/components/schemas/\(mounted.surface.name)Error")
        ])
        let examples = answers.compactMap { answer in
            answer.code.map { ($0, JSON.object(["value": mounted.surface.errors.body(answer)])) }
        }.grouped(by: \.0).map(\.values[0])
        var content: JSONObject = ["schema": schema]
        if !examples.isEmpty { content["examples"] = .object(JSONObject(examples)) }
        return [
            "description": .string(lines.grouped(by: \.self).map(\.key).joined(separator: "\n\n")),
            "content": .object(["application/json": .object(content)]),
        ]
    }
}

extension Failure {
    /// Whether the edge may answer so for this route.
    fileprivate func mayMeet(_ mounted: MountedRoute) -> Bool {
        let hasBody = mounted.route.method != .get && mounted.route.method != .delete
        switch self {
        case .malformedBody, .bodyTooLarge, .unsupportedMediaType: return hasBody
        case .tooManyRequests, .busy, .unexpected: return true
        default: return mounted.route.method != .get && !Failure.edge.contains(self)
        }
    }
}

/// Where an operation's input fields stand in its document.
private struct InputDocument {
    var parameters: [JSON] = []
    var body: JSON?

    init(_ mounted: MountedRoute, _ input: Schema) {
        guard case .object(let properties, let required) = input.kind else { return }
        let inPath = Set(
            mounted.path.split(separator: "/").filter { $0.first == ":" }
                .map { String($0.dropFirst()) })
        let takesQuery = [Method.get, .head, .delete].contains(mounted.route.method)
        for property in properties where inPath.contains(property.name) || takesQuery {
            parameters.append(
                [
                    "name": .string(property.name),
                    "in": .string(inPath.contains(property.name) ? "path" : "query"),
                    "required": .boolean(required.contains(property.name)),
                    "schema": property.schema.json,
                ])
        }
        let rest = properties.filter { !inPath.contains($0.name) }
        if !takesQuery, !rest.isEmpty {
            let names = required.filter { !inPath.contains($0) }
            body = Self.body(
                Schema(.object(properties: rest, required: names)), isRequired: !names.isEmpty,
                mounted.route.options.accepts)
        }
    }

    private static func body(_ schema: Schema, isRequired: Bool, _ types: [BodyType]) -> JSON {
        let content = types.map { ($0.rawValue, JSON.object(["schema": schema.json])) }
        return [
            "required": .boolean(isRequired), "content": .object(JSONObject(content)),
        ]
    }
}
