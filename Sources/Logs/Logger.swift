import Values

/// Writes log lines: passed to whoever has something to say, never global.
///
/// A copy that knows its request is made with `with`. A message below the level costs a comparison.
package struct Logger: Sendable {
    package let level: LogLevel
    private let format: LogFormat
    private let clock: Clock
    private let sink: any LogSink
    private var requestID: String?
    private var userID: String?

    package init(level: LogLevel, format: LogFormat, clock: Clock, sink: any LogSink) {
        (self.level, self.format, self.clock, self.sink) = (level, format, clock, sink)
    }

    /// Drops everything.
    package static let none = Logger(
        level: .error, format: .json, clock: Clock { .distantPast }, sink: NoSink())

    /// The same logger for one request, or for one user of it. What is nil stays as it is.
    package func with(requestID: String? = nil, userID: String? = nil) -> Logger {
        var logger = self
        if let requestID { logger.requestID = requestID }
        if let userID { logger.userID = userID }
        return logger
    }

    package func isWritten(_ level: LogLevel) -> Bool { level >= self.level }

    package func error(
        _ message: @autoclosure () -> String, duration: Duration? = nil,
        _ fields: @autoclosure () -> LogFields = [:]
    ) {
        write(.error, message(), duration, fields())
    }

    package func warn(
        _ message: @autoclosure () -> String, duration: Duration? = nil,
        _ fields: @autoclosure () -> LogFields = [:]
    ) {
        if isWritten(.warn) { write(.warn, message(), duration, fields()) }
    }

    package func info(
        _ message: @autoclosure () -> String, duration: Duration? = nil,
        _ fields: @autoclosure () -> LogFields = [:]
    ) {
        if isWritten(.info) { write(.info, message(), duration, fields()) }
    }

    package func debug(
        _ message: @autoclosure () -> String, duration: Duration? = nil,
        _ fields: @autoclosure () -> LogFields = [:]
    ) {
        if isWritten(.debug) { write(.debug, message(), duration, fields()) }
    }

    package func flush() { sink.flush() }

    private func write(
        _ level: LogLevel, _ message: String, _ duration: Duration?, _ fields: LogFields
    ) {
        let line = LogLine(
            instant: clock.now, level: level, message: message, userID: userID,
            requestID: requestID, duration: duration, fields: fields)
        sink.write(format.bytes(of: line))
    }
}

/// Names and values of a line, in their order.
package typealias LogFields = KeyValuePairs<String, LogValue>

private struct NoSink: LogSink {
    func write(_ line: [UInt8]) {}
}
