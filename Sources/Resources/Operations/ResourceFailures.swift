import API
import Surfaces

extension Failure {
    /// Rows refer to it that do not go with it.
    static let hasDependents = Failure("hasDependents")
    /// A row that it refers to was deleted.
    static let isCutOff = Failure("isCutOff")
    /// Another row of the owner has the value of the field that the details name.
    static let isTaken = Failure("isTaken")
    /// It is no longer what `If-Match` names.
    static let hasChanged = Failure("hasChanged")
}

extension Resources {
    static let rows = [
        FailureRow(.hasDependents, .conflict, "CONFLICT", "Resource has dependencies"),
        FailureRow(.isCutOff, .conflict, "CONFLICT", "What the resource refers to was deleted"),
        FailureRow(.isTaken, .conflict, "CONFLICT", "There is another with the same value") {
            "There is another with this \($0[0])"
        },
        FailureRow(
            .hasChanged, .preconditionFailed, "PRECONDITION_FAILED", "The resource has changed"),
    ]
}
