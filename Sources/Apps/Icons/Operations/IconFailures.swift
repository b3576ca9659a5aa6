import API
import HTTP
import SVG
import Surfaces
import Values

extension Failure {
    /// As many icons were drawn for the user today as are allowed.
    static let iconQuotaReached = Failure("iconQuotaReached")
    /// It is no longer what `If-Match` names.
    static let iconHasChanged = Failure("iconHasChanged")
    /// There is no key to draw with, or it is not taken. The operator's affair, told in the log.
    static let generatorNotConfigured = Failure("generatorNotConfigured")
    static let generatorBusy = Failure("generatorBusy")
    static let generatorDown = Failure("generatorDown")
    static let generatorTimedOut = Failure("generatorTimedOut")
    /// The generator answered, without an icon. Its detail says what was wrong.
    static let generationFailed = Failure("generationFailed")
    /// This machine cannot read SVG.
    static let noXMLLibrary = Failure("noXMLLibrary")
}

extension Icons {
    static let rows = [
        FailureRow(
            .iconQuotaReached, .tooManyRequests, "ICON_QUOTA_REACHED",
            "No more icons can be drawn today"),
        FailureRow(
            .iconHasChanged, .preconditionFailed, "PRECONDITION_FAILED", "The icon has changed"),
        FailureRow(
            .generatorNotConfigured, .serviceUnavailable, "GENERATOR_NOT_CONFIGURED",
            "The server is not set up to draw icons"),
        FailureRow(
            .generatorBusy, .serviceUnavailable, "GENERATOR_BUSY",
            "The icon generator has too much to do; try again soon"),
        FailureRow(
            .generatorDown, .badGateway, "GENERATOR_DOWN", "The icon generator does not answer"),
        FailureRow(
            .generatorTimedOut, .gatewayTimeout, "GENERATOR_TIMEOUT",
            "The icon generator took too long"),
        FailureRow(
            .generationFailed, .badGateway, "GENERATION_FAILED", "No icon could be made"
        ) {
            "No icon could be made: \($0[0])"
        },
        FailureRow(
            .noXMLLibrary, .serviceUnavailable, "SVG_UNAVAILABLE",
            "The server cannot read drawings"),
    ]

    /// All that a refusal may look like.
    static let allRows = Tokens.edge.failures + Callers.keyRows + rows

    /// What drawing may throw.
    static let drawingFailures: [Failure] = [
        .forbidden, .tooManyRequests, .iconQuotaReached, .generatorNotConfigured, .generatorBusy,
        .generatorDown, .generatorTimedOut, .generationFailed, .noXMLLibrary,
    ]
}

extension Failure {
    /// How long to wait where a generator that is busy does not say.
    private static let patience: Duration = .seconds(30)

    /// What a generator threw, as clients are told.
    init(_ problem: GenerationProblem) {
        let failure: Failure =
            switch problem {
            case .notConfigured, .keyRefused, .requestRefused: .generatorNotConfigured
            case .limited(let wait), .overloaded(let wait):
                .generatorBusy.retry(after: wait ?? Self.patience)
            case .down: .generatorDown
            case .timedOut: .generatorTimedOut
            case .noIcon(.hasNoDrawing): .generationFailed.about(["the answer has no drawing"])
            case .noIcon(.isMalformed): .generationFailed.about(["the answer cannot be read"])
            case .noIcon(.isTruncated): .generationFailed.about(["the answer is too long"])
            case .refused: .generationFailed.about(["the generator does not draw this"])
            }
        self = failure.because(problem)
    }

    /// What was wrong with all that a generator drew.
    init(_ problem: SVGProblem) {
        self =
            problem == .unavailable
            ? Failure.noXMLLibrary.because(problem)
            : Failure.generationFailed.about(["what was drawn is no safe drawing"])
                .because(problem)
    }
}
