import Coding
import HTTP

/// A thing with the tag of its state, `ETag`, by which a client says later which state it means.
package struct Tagged<Body: Codable & OperationOutput>: OperationOutput {
    package let body: Body
    package let tag: ETag
    private let status: Status

    package init(_ body: Body, _ tag: ETag, status: Status = .ok) {
        (self.body, self.tag, self.status) = (body, tag, status)
    }

    package static func documentation() throws -> OutputDocumentation {
        var output = try OutputDocumentation.json(.ok, Body.self, Body.outcome)
        output.fields = [.etag]
        return output
    }

    package func response() throws -> Response {
        var response = Response.json(try JSONCoder.encode(body), status: status)
        response.fields[.etag] = tag.description
        return response
    }
}

/// What is read: 304 where the client has it already.
package struct TaggedRead<Body: Codable & OperationOutput>: OperationOutput {
    private let answer: Tagged<Body>
    private let request: Request?

    /// Without a request there is nothing that the client could know.
    package init(_ body: Body, _ tag: ETag, to request: Request?) {
        (answer, self.request) = (Tagged(body, tag), request)
    }

    package static func documentation() throws -> OutputDocumentation {
        try Tagged<Body>.documentation().conditional("It is as `If-None-Match` says.")
    }

    package func response() throws -> Response {
        let verdict = request.map {
            Conditions(of: $0).verdict(etag: answer.tag, modified: nil)
        }
        let isKnown = verdict == .notModified
        var response = isKnown ? Response(.notModified) : try answer.response()
        response.fields[.etag] = answer.tag.description
        response.fields[.cacheControl] = "private, no-cache"
        return response
    }
}

/// What was changed, in the state that the client meant.
package struct TaggedChange<Body: Codable & OperationOutput>: OperationOutput {
    private let answer: Tagged<Body>

    package init(_ body: Body, _ tag: ETag) { answer = Tagged(body, tag) }

    package static func documentation() throws -> OutputDocumentation {
        var output = try Tagged<Body>.documentation()
        output.requestFields = [.ifMatch]
        return output
    }

    package func response() throws -> Response { try answer.response() }
}

/// What was made, with its tag.
package struct TaggedCreation<Body: Codable & OperationOutput>: OperationOutput {
    private let answer: Tagged<Body>

    package init(_ body: Body, _ tag: ETag) { answer = Tagged(body, tag, status: .created) }

    package static func documentation() throws -> OutputDocumentation {
        var output = try OutputDocumentation.json(.created, Body.self, Body.outcome)
        output.fields = [.etag]
        return output
    }

    package func response() throws -> Response { try answer.response() }
}

/// What is gone, in the state that the client meant: 204.
package struct TaggedDeletion: OperationOutput {
    package init() {}

    package static func documentation() -> OutputDocumentation {
        var output = NoContent.documentation()
        output.requestFields = [.ifMatch]
        return output
    }

    package func response() -> Response { NoContent().response() }
}

extension OutputDocumentation {
    /// The same, or 304.
    package func conditional(_ words: String) -> OutputDocumentation {
        var output = self
        output.requestFields = [.ifNoneMatch]
        var known = OutputDocumentation(.notModified, words)
        known.fields = [.etag]
        output.alternatives.append(known)
        return output
    }
}
