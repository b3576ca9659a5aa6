import API
import HTTP

extension Compat {
    /// 302 as better-auth's links of mails answer it: with a content type for a body that is none.
    package struct SentOn: OperationOutput {
        private let target: String

        package init(to target: String) { self.target = target }

        package static func documentation() -> OutputDocumentation { Redirect.documentation() }

        package func response() -> Response {
            var response = Response.redirect(to: target)
            response.fields[.contentType] = "application/json"
            return response
        }
    }

    /// A body, or 302 to where the client said that the browser goes on.
    package struct GoingOn<Body: OperationOutput>: OperationOutput {
        private let body: Body
        private let target: String?

        package init(_ body: Body, to target: String? = nil) {
            (self.body, self.target) = (body, target)
        }

        package static func documentation() throws -> OutputDocumentation {
            var documentation = try Body.documentation()
            documentation.alternatives.append(SentOn.documentation())
            return documentation
        }

        package func response() throws -> Response {
            try target.map { SentOn(to: $0).response() } ?? body.response()
        }
    }

    /// Where a browser goes on after a GET whose query says so; nil where it says nothing. Those of
    /// other methods are checked before they are read.
    package func callback(_ sent: String?) throws -> String? {
        guard let sent, !sent.isEmpty else { return nil }
        guard origins.allowsRedirect(to: sent) else { throw Failure.invalidCallbackURL }
        return sent
    }
}
