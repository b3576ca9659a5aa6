/// Where lines go.
package protocol LogSink: Sendable {
    /// Takes one line with its line feed. Must neither wait nor fail.
    func write(_ line: [UInt8])
    /// Passes on what was kept back. Called at the end of an event loop's tick, and before exit.
    func flush()
}

extension LogSink {
    package func flush() {}
}
