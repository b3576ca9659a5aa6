/// Why there is no icon.
package enum GenerationProblem: Error, Hashable, Sendable {
    /// What was wrong with an answer that came.
    package enum Answer: String, CaseIterable, Sendable {
        /// It has text, but no drawing.
        case hasNoDrawing
        /// It is no message, or its drawings are none.
        case isMalformed
        /// The model was cut off at the most that it may write.
        case isTruncated
    }

    /// There is no key.
    case notConfigured
    /// The key is not taken.
    case keyRefused
    /// The request is not taken: such as for a model that is not there. The words are for the log.
    case requestRefused(String)
    /// Too many requests under this key.
    case limited(retryAfter: Duration?)
    case overloaded(retryAfter: Duration?)
    /// It cannot be reached, fails, or cuts the connection.
    case down
    case timedOut
    /// An answer came without a usable icon.
    case noIcon(Answer)
    /// The model does not want to draw this.
    case refused
}
