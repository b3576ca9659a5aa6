import Values

/// Ids are text in SQLite; which entity's does not matter here.
enum UUIDText {
    private enum Anything {}

    static let count = ID<Anything>.textCount

    static func write(high: UInt64, low: UInt64, to bytes: UnsafeMutablePointer<UInt8>) {
        ID<Anything>(high: high, low: low).write(to: bytes)
    }

    static func read(_ text: UnsafeRawBufferPointer) -> (high: UInt64, low: UInt64)? {
        let id = text.withMemoryRebound(to: UInt8.self) { ID<Anything>(utf8: $0) }
        return id.map { ($0.high, $0.low) }
    }
}
