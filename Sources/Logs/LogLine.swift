import Values

/// One message with all that is known about it.
package struct LogLine: Sendable {
    package var instant: Instant
    package var level: LogLevel
    package var message: String
    package var userID: String?
    package var requestID: String?
    package var duration: Duration?
    package var fields: LogFields
}

/// How a line is written.
package enum LogFormat: String, CaseIterable, Sendable {
    /// An object a line, for programs (S3-35):
    /// `{"timestamp":…,"level":…,"message":…,"userId":…,"requestId":…,"duration":…,…}`.
    /// Members that are not known are left out; durations are in milliseconds.
    case json
    /// `12:00:01 INFO  message key=value`, for people. The time is UTC.
    case text

    package func bytes(of line: LogLine) -> [UInt8] {
        switch self {
        case .json: LogText.json(line)
        case .text: LogText.text(line)
        }
    }
}
