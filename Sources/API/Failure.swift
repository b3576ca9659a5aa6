import Values

/// A refusal that a feature means: a name, without status, code or text.
///
/// The feature declares its failures as static members; each surface has a table that turns them into
/// what its clients expect (`FailureRow`). Operations list the failures they may throw; a surface that
/// serves an operation without a row for one of them does not start.
package struct Failure: Error, Sendable {
    /// Which refusal it is.
    package struct Kind: Hashable, Sendable, CustomStringConvertible {
        package let name: String
        package var description: String { name }
    }

    package let kind: Kind
    /// For the log only.
    package var underlying: (any Error)?
    /// When the same request may succeed.
    package var retryAfter: Duration?
    /// Words that the surface's message may name, such as a media type.
    package var details: [String] = []

    package init(_ name: StaticString) {
        kind = Kind(name: name.description)
    }

    package func because(_ error: any Error) -> Failure {
        var failure = self
        failure.underlying = error
        return failure
    }

    package func retry(after duration: Duration) -> Failure {
        var failure = self
        failure.retryAfter = duration
        return failure
    }

    package func about(_ details: [String]) -> Failure {
        var failure = self
        failure.details = details
        return failure
    }
}

/// Two failures are the same when they refuse the same.
extension Failure: Hashable {
    package static func == (left: Failure, right: Failure) -> Bool { left.kind == right.kind }
    package func hash(into hasher: inout Hasher) { hasher.combine(kind) }
}

// MARK: What any operation may meet at the edge

extension Failure {
    package static let notFound = Failure("notFound")
    package static let methodNotAllowed = Failure("methodNotAllowed")
    package static let unauthorized = Failure("unauthorized")
    package static let forbidden = Failure("forbidden")
    package static let malformedBody = Failure("malformedBody")
    package static let bodyTooLarge = Failure("bodyTooLarge")
    /// Its details are the type that was sent and those that are taken.
    package static let unsupportedMediaType = Failure("unsupportedMediaType")
    package static let tooManyRequests = Failure("tooManyRequests")
    /// The database, the hashing pool or a queue cannot take more now.
    package static let busy = Failure("busy")
    /// The fault is ours.
    package static let unexpected = Failure("unexpected")

    /// Every surface has a row for each of these.
    package static let edge: [Failure] = [
        .notFound, .methodNotAllowed, .unauthorized, .forbidden, .malformedBody, .bodyTooLarge,
        .unsupportedMediaType, .tooManyRequests, .busy, .unexpected,
    ]
}
