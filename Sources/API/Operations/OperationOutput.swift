import Coding
import HTTP
import Values

/// What an operation answers with.
package protocol OperationAnswer: Sendable {
    func response() throws -> Response
}

/// An answer whose type the API's document is made of.
///
/// A `Codable` type answers 200 and its JSON. Types that answer otherwise say so themselves, in the
/// response as in the document.
package protocol OperationOutput: OperationAnswer {
    static func documentation() throws -> OutputDocumentation
    /// What a client has then, in a sentence for the API's document.
    static var outcome: String { get }
}

extension OperationOutput {
    package static var outcome: String { "Done." }
}

/// An output as the API's document shows it.
package struct OutputDocumentation: Sendable {
    package var status: Status
    package var description: String
    package var mediaType: String?
    package var schema: Schema?
    /// A body to show.
    package var example: JSON?
    /// The answer's fields, but for those that any answer may have.
    package var fields: [FieldDocumentation] = []
    /// What else it may answer that is no error.
    package var alternatives: [OutputDocumentation] = []
    /// Fields of the request that it looks at.
    package var requestFields: [FieldDocumentation] = []

    package init(
        _ status: Status, _ description: String, mediaType: String? = nil, schema: Schema? = nil,
        example: JSON? = nil
    ) {
        self.status = status
        self.description = description
        self.mediaType = mediaType
        self.schema = schema
        self.example = example
    }

    package static func json<Value: Codable>(
        _ status: Status, _ type: Value.Type, _ description: String = "Done."
    ) throws -> OutputDocumentation {
        let shape = try SchemaExample(of: type)
        return OutputDocumentation(
            status, description, mediaType: "application/json", schema: shape.schema,
            example: shape.example)
    }
}

extension OutputDocumentation {
    /// A field of the answer, whichever of the documented it is.
    fileprivate mutating func add(_ field: FieldDocumentation) {
        fields.append(field)
        for index in alternatives.indices { alternatives[index].add(field) }
    }
}

extension OperationOutput where Self: Codable {
    package static func documentation() throws -> OutputDocumentation {
        try .json(.ok, Self.self, outcome)
    }

    package func response() throws -> Response {
        .json(try JSONCoder.encode(self))
    }
}

extension OperationOutput where Self: Codable & JSONWritable {
    package func response() throws -> Response {
        .json(try JSONCoder.write(self))
    }
}

/// Answers 201.
package struct Created<Value: Codable & OperationOutput>: OperationOutput {
    package let value: Value

    package init(_ value: Value) {
        self.value = value
    }

    package static func documentation() throws -> OutputDocumentation {
        try .json(.created, Value.self, Value.outcome)
    }

    package func response() throws -> Response {
        .json(try JSONCoder.encode(value), status: .created)
    }
}

/// Answers 204 and nothing.
package struct NoContent: OperationOutput {
    package init() {}

    package static func documentation() -> OutputDocumentation {
        OutputDocumentation(.noContent, "Done.")
    }

    package func response() -> Response { Response(.noContent) }
}

/// An output with cookies to set, in order.
package struct WithCookies<Output: OperationOutput>: OperationOutput {
    package var output: Output
    package var cookies: [SetCookie]

    package init(_ output: Output, _ cookies: [SetCookie]) {
        self.output = output
        self.cookies = cookies
    }

    package static func documentation() throws -> OutputDocumentation {
        var documentation = try Output.documentation()
        documentation.add(.setCookie)
        return documentation
    }

    package func response() throws -> Response {
        var response = try output.response()
        for cookie in cookies { response.set(cookie) }
        return response
    }
}
