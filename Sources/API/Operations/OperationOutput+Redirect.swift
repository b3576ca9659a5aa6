import HTTP
import Values

/// Answers 302 with a `Location`.
package struct Redirect: OperationOutput {
    package let target: String

    package init(to target: String) {
        self.target = target
    }

    package static func documentation() -> OutputDocumentation {
        var documentation = OutputDocumentation(.found, "Go on at `Location`.")
        documentation.fields = [.location]
        return documentation
    }

    package func response() -> Response {
        .redirect(to: target)
    }
}

/// An output that answers 204 and nothing to `Prefer: return=minimal` (RFC 7240 §4.2).
package struct Preferred<Output: OperationOutput>: OperationOutput {
    private let output: Output
    private let isMinimal: Bool

    package init(_ output: Output, _ request: Request) {
        self.output = output
        isMinimal = request[.prefer]?.lowercased().contains("return=minimal") ?? false
    }

    package static func documentation() throws -> OutputDocumentation {
        var documentation = try Output.documentation()
        documentation.requestFields = [.prefer]
        var minimal = OutputDocumentation(.noContent, "Done, as `Prefer: return=minimal` asks for.")
        minimal.fields = [.preferenceApplied]
        documentation.alternatives.append(minimal)
        return documentation
    }

    package func response() throws -> Response {
        guard isMinimal else { return try output.response() }
        return Response(.noContent, fields: [.preferenceApplied: "return=minimal"])
    }
}
