import API
import Files
import Surfaces

extension Failure {
    static let effectNotFound = Failure("effectNotFound")
    static let sessionNotFound = Failure("sessionNotFound")
    static let brandKitNotFound = Failure("brandKitNotFound")
    /// The creator has a stream under way already. Its detail is that one's id.
    static let sessionRunning = Failure("sessionRunning")
    static let sessionPaused = Failure("sessionPaused")
    static let sessionEnded = Failure("sessionEnded")
    /// The brand kit of the stream does not allow the effect. Its detail says why.
    static let effectOffBrand = Failure("effectOffBrand")
    /// The creator has as many of something as his tier allows. Its detail says of what.
    static let tierIsFull = Failure("tierIsFull")
    /// It is no longer what `If-Match` names.
    static let brandKitHasChanged = Failure("brandKitHasChanged")
}

extension Studio {
    static let rows = [
        FailureRow(.effectNotFound, .notFound, "EFFECT_NOT_FOUND", "Effect not found"),
        FailureRow(.sessionNotFound, .notFound, "SESSION_NOT_FOUND", "Session not found"),
        FailureRow(.brandKitNotFound, .notFound, "BRAND_KIT_NOT_FOUND", "Brand kit not found"),
        FailureRow(
            .sessionRunning, .conflict, "SESSION_RUNNING", "A session is under way already"
        ) { "The session \($0[0]) is under way: end it first" },
        FailureRow(.sessionPaused, .conflict, "SESSION_PAUSED", "The session is paused"),
        FailureRow(.sessionEnded, .conflict, "SESSION_ENDED", "The session has ended"),
        FailureRow(
            .effectOffBrand, .unprocessableContent, "EFFECT_OFF_BRAND",
            "The effect does not fit the brand kit"
        ) { "The effect does not fit: \($0[0])" },
        FailureRow(
            .tierIsFull, .forbidden, "TIER_LIMIT_REACHED", "Your subscription has no room for more"
        ) { "Your subscription has no room for more \($0[0])" },
        FailureRow(
            .brandKitHasChanged, .preconditionFailed, "PRECONDITION_FAILED",
            "The brand kit has changed"),
    ]

    /// All that a refusal may look like.
    static let allRows = Tokens.edge.failures + Callers.keyRows + Files.uploadRows + rows
}
