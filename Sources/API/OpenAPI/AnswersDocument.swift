import Coding
import HTTP
import Values

/// All that an operation may answer.
struct AnswersDocument {
    private let mounted: MountedRoute
    private let documentation: RouteDocumentation
    private let components: DocumentComponents

    init(_ route: DocumentedRoute, _ components: DocumentComponents) {
        mounted = route.mounted
        documentation = route.documentation
        self.components = components
    }

    var json: JSON {
        var answers = JSONObject()
        let output = documentation.output
        for answer in [output] + output.alternatives {
            answers["\(answer.status.code)"] = success(answer)
        }
        for (status, errors) in errors.grouped(by: \.status.code)
        where answers["\(status)"] == nil {
            answers["\(status)"] = error(errors)
        }
        let sorted = answers.members.map { ($0.name, $0.value) }.sorted { $0.0 < $1.0 }
        return .object(JSONObject(sorted))
    }

    private func success(_ output: OutputDocumentation) -> JSON {
        var answer: JSONObject = ["description": .string(output.description)]
        answer["headers"] = components.headers(common + output.fields)
        if let type = output.mediaType {
            var content = JSONObject()
            content["schema"] = output.schema.map(components.output)
            content["example"] = output.example
            answer["content"] = .object([type: .object(content)])
        }
        answer["links"] = output.schema.flatMap { schema in
            LinksDocument(from: schema, of: mounted, to: components.routes).json
        }
        return .object(answer)
    }

    // MARK: Errors

    /// With one code it is the same for all operations of the surface, most likely.
    private func error(_ answers: [ErrorAnswer]) -> JSON {
        if answers[0].status == .unauthorized, mounted.route.options.refusesCallersSilently {
            return [
                "description": "Nobody is signed in. The answer has no body.",
                "headers": components.headers(fields(of: .unauthorized)),
            ]
        }
        guard answers.count == 1, let code = answers[0].code else { return described(answers) }
        let words = code.split(separator: "_").map {
            $0.prefix(1).uppercased() + $0.dropFirst().lowercased()
        }
        return components.answer(
            described(answers), named: mounted.componentPrefix + words.joined())
    }

    private func described(_ answers: [ErrorAnswer]) -> JSON {
        let lines = answers.map { answer in
            answer.code.map { "`\($0)`: \(answer.message)" } ?? answer.message
        }
        let examples = answers.map { answer in
            (
                answer.code ?? "\(answer.status.code)",
                JSON.object(["value": mounted.surface.errors.body(answer)])
            )
        }.grouped(by: \.0).map(\.values[0])
        var content: JSONObject = [
            "application/json": [
                "schema": components.output(mounted.errorSchema),
                "examples": .object(JSONObject(examples)),
            ]
        ]
        if let word = plainWord(of: answers[0].status) {
            content["text/plain"] = ["schema": Schema.string.json, "example": .string(word)]
        }
        return [
            "description": .string(lines.grouped(by: \.self).map(\.key).joined(separator: "\n\n")),
            "headers": components.headers(fields(of: answers[0].status)),
            "content": .object(content),
        ]
    }

    /// What is answered there to who does not name JSON.
    private func plainWord(of status: Status) -> String? {
        guard mounted.route.options.refusesInPlainText else { return nil }
        return mounted.route.failures.first { failure in
            failure.plainWord != nil && mounted.table.answer(failure).status == status
        }?.plainWord
    }

    /// Each code once for a status: several failures may be shown alike.
    private var errors: [ErrorAnswer] {
        let failures =
            mounted.route.failures
            + (Failure.edge + mounted.surface.admissionFailures).filter { failure in
                !mounted.route.failures.contains(failure) && mayMeet(failure)
            }
        return ((invalid.map { [$0] } ?? []) + failures.map(answer))
            .grouped(by: { "\($0.status.code) \($0.code ?? $0.message)" }).map(\.values[0])
            .sorted { $0.status.code < $1.status.code }
    }

    /// Of the types that are taken, the words say which.
    private func answer(_ failure: Failure) -> ErrorAnswer {
        guard failure == .unsupportedMediaType else { return mounted.table.answer(failure) }
        let types = mounted.route.options.accepts.map(\.rawValue)
        return mounted.table.answer(failure.about([""] + types))
    }

    /// Whether the edge may answer so for this route.
    private func mayMeet(_ failure: Failure) -> Bool {
        let route = mounted.route
        return switch failure {
        case .bodyTooLarge, .unsupportedMediaType: route.takesBody
        case .tooManyRequests: route.options.countsAsTraffic
        // What machines ask for again and again waits for nothing that could be busy.
        case .busy: route.options.countsAsTraffic
        // Said of queries, too, whose percent-encoding is broken.
        case .malformedBody, .unexpected: true
        default: route.takesBody && !Failure.edge.contains(failure)
        }
    }

    /// What is said when a field is wrong: the first, to show one. A query of no fields cannot be.
    private var invalid: ErrorAnswer? {
        let source: FieldError.Source = mounted.route.takesBody ? .body : .query
        if case .object(let properties, let required) = documentation.body.schema.kind,
            let first = properties.first
        {
            let kind = first.schema.expected
            let problem: Invalid =
                required.contains(first.name)
                ? .missing(expected: kind)
                : .wrongType(expected: kind, received: kind == .list ? .string : .list)
            return mounted.answer(
                InvalidInput(fields: [
                    FieldError(source: source, path: first.name, problem: problem)
                ]))
        }
        guard mounted.route.takesBody else { return nil }
        return mounted.answer(
            InvalidInput(fields: [
                FieldError(path: "", problem: .wrongType(expected: .object, received: .list))
            ]))
    }

    // MARK: Fields

    private var common: [FieldDocumentation] {
        [.requestID] + (mounted.route.options.countsAsTraffic ? FieldDocumentation.rateLimit : [])
    }

    private func fields(of status: Status) -> [FieldDocumentation] {
        switch status {
        case .unauthorized where mounted.route.takesBearer: common + [.challenge]
        case .tooManyRequests, .serviceUnavailable, .locked:
            common + [.retryAfter]
                + (mounted.surface.repeatsRetryAfter ? [.repeatedRetryAfter] : [])
        default: common
        }
    }
}
