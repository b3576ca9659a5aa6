import API
import HTTP

extension Failure {
    /// Its details are what the file is, and what is taken.
    package static let fileTypeRefused = Failure("fileTypeRefused")
    /// Its detail is how many bytes are allowed.
    package static let fileTooLarge = Failure("fileTooLarge")
    /// The user's files have as many bytes, or are as many, as are allowed.
    package static let fileQuotaReached = Failure("fileQuotaReached")
    /// The disk has no room. The operator's affair, told in the log.
    package static let storageFull = Failure("storageFull")
    /// It took longer than an upload may.
    package static let uploadTooSlow = Failure("uploadTooSlow")
    /// An app uses it, which alone can let it go.
    package static let fileInUse = Failure("fileInUse")
    /// It was claimed by another, or is gone: the work of one who was too late.
    package static let fileNotClaimable = Failure("fileNotClaimable")
}

extension Files {
    /// What an operation with an upload may throw, beside what any may.
    package static let uploadFailures: [Failure] = [
        .fileTypeRefused, .fileTooLarge, .fileQuotaReached, .storageFull, .uploadTooSlow,
    ]

    /// The same in words, for any surface.
    package static let uploadRows = [
        FailureRow(
            .fileTypeRefused, .unsupportedMediaType, "FILE_TYPE_NOT_ALLOWED",
            "Files of this type are not taken"
        ) {
            "The file is \($0[0]) by its content; taken are: "
                + $0.dropFirst().joined(separator: ", ")
        },
        FailureRow(
            .fileTooLarge, .contentTooLarge, "FILE_TOO_LARGE", "The file is too large"
        ) {
            "The file is larger than \($0[0]) bytes"
        },
        FailureRow(
            .fileQuotaReached, .contentTooLarge, "FILE_QUOTA_REACHED",
            "Your files would be more than are allowed; delete some first"),
        FailureRow(
            .storageFull, .insufficientStorage, "STORAGE_FULL",
            "The server has no room for the file"),
        FailureRow(
            .uploadTooSlow, .requestTimeout, "UPLOAD_TOO_SLOW", "The upload took too long"),
    ]
}
