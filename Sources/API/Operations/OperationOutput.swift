import Coding
import HTTP
import Values

/// What an operation answers with.
///
/// A `Codable` type answers 200 and its JSON. Types that answer otherwise say so themselves, in the
/// response as in the API's document.
package protocol OperationOutput: Sendable {
    static func documentation() throws -> OutputDocumentation
    func response() throws -> Response
}

/// An output as the API's document shows it.
package struct OutputDocumentation: Sendable {
    package var status: Status
    package var description: String
    package var mediaType: String?
    package var schema: Schema?

    package init(
        _ status: Status, _ description: String, mediaType: String? = nil, schema: Schema? = nil
    ) {
        self.status = status
        self.description = description
        self.mediaType = mediaType
        self.schema = schema
    }

    package static func json<Value: Decodable>(
        _ status: Status, _: Value.Type, _ description: String = "Done."
    ) throws -> OutputDocumentation {
        OutputDocumentation(
            status, description, mediaType: "application/json",
            schema: try SchemaReader.read(Value.self).schema)
    }
}

extension OperationOutput where Self: Codable {
    package static func documentation() throws -> OutputDocumentation {
        try .json(.ok, Self.self)
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
package struct Created<Value: Codable & Sendable>: OperationOutput {
    package let value: Value

    package init(_ value: Value) {
        self.value = value
    }

    package static func documentation() throws -> OutputDocumentation {
        try .json(.created, Value.self, "Created.")
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
        try Output.documentation()
    }

    package func response() throws -> Response {
        var response = try output.response()
        for cookie in cookies { response.set(cookie) }
        return response
    }
}
