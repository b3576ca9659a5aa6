import API
import Coding
import HTTP
import Values

/// An icon with the tag of its state.
struct TaggedIcon: OperationOutput {
    private let icon: Icon
    private let conditions: Conditions?

    /// `conditions` are those of a request that only reads.
    init(_ icon: Icon, if conditions: Conditions? = nil) {
        (self.icon, self.conditions) = (icon, conditions)
    }

    static func documentation() throws -> OutputDocumentation {
        var output = try OutputDocumentation.json(.ok, Icons.IconBody.self, Icons.IconBody.outcome)
        output.fields = [.etag]
        return output
    }

    func response() throws -> Response {
        let tag = IconTag.of(icon)
        var response = Response(.notModified)
        if conditions?.verdict(etag: tag, modified: nil) != .notModified {
            response = .json(try JSONCoder.encode(Icons.IconBody(icon)))
        }
        response.fields[.etag] = tag.description
        if conditions != nil { response.fields[.cacheControl] = "private, no-cache" }
        return response
    }
}

/// An icon that is read: 304 where the client has it already.
struct ReadIcon: OperationOutput {
    let answer: TaggedIcon

    static func documentation() throws -> OutputDocumentation {
        try TaggedIcon.documentation().conditional("The icon is as `If-None-Match` says.")
    }

    func response() throws -> Response { try answer.response() }
}

/// An icon that is changed, where it is in the state that the client means.
struct ChangedIcon: OperationOutput {
    let answer: TaggedIcon

    init(_ icon: Icon) { answer = TaggedIcon(icon) }

    static func documentation() throws -> OutputDocumentation {
        var output = try TaggedIcon.documentation()
        output.requestFields = [.ifMatch]
        return output
    }

    func response() throws -> Response { try answer.response() }
}

/// An icon that is gone, and can be brought back.
struct DeletedIcon: OperationOutput {
    static func documentation() -> OutputDocumentation {
        var output = NoContent.documentation()
        output.requestFields = [.ifMatch]
        return output
    }

    func response() -> Response { NoContent().response() }
}

/// The entity tag of an icon: its version.
enum IconTag {
    static func of(_ icon: Icon) -> ETag { ETag("\(icon.version)") }

    /// Whether a request means this state: `If-Match`. That a tag has become weak because its answer
    /// was compressed does not matter, since it names the row.
    static func isMeant(_ icon: Icon, by request: Request) -> Bool {
        let values = request.values(of: .ifMatch)
        let tags = values.flatMap(listMembers)
        if values.isEmpty || tags.contains("*") { return true }
        return tags.contains { ETag(parsing: $0)?.matchesWeakly(of(icon)) ?? false }
    }
}

extension OutputDocumentation {
    /// The same, or 304.
    func conditional(_ words: String) -> OutputDocumentation {
        var output = self
        output.requestFields = [.ifNoneMatch]
        var known = OutputDocumentation(.notModified, words)
        known.fields = [.etag]
        output.alternatives.append(known)
        return output
    }
}
