import SQL

/// The parameters of one statement in PostgreSQL's binary form, in buffers that are used again:
/// libpq copies them at once.
final class PostgresBinds: BindTarget {
    private var values: [UnsafePointer<CChar>?] = []
    /// Where each value begins in `buffer`, or -1 for null.
    private var offsets: [Int] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    private var buffer: [UInt8] = []
    private var isTooLarge = false

    init() { buffer.reserveCapacity(4096) }

    /// Why the values cannot be sent.
    var problem: DatabaseError? {
        isTooLarge ? DatabaseError(.check, "the statement's values are over 256 MiB") : nil
    }

    func reset() {
        offsets.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        buffer.removeAll(keepingCapacity: true)
        isTooLarge = false
    }

    /// The arguments as libpq takes them: count, values, lengths, formats.
    func withArguments<Output>(
        _ body: (
            Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?,
            UnsafePointer<Int32>?
        ) -> Output
    ) -> Output {
        while formats.count < offsets.count { formats.append(1) }
        return buffer.withUnsafeBytes { bytes in
            values.removeAll(keepingCapacity: true)
            for offset in offsets { values.append(Self.pointer(offset, in: bytes)) }
            return body(Int32(offsets.count), values, lengths, formats)
        }
    }

    /// An empty value still needs a pointer, because none means null.
    private static func pointer(
        _ offset: Int, in bytes: UnsafeRawBufferPointer
    ) -> UnsafePointer<CChar>? {
        if offset < 0 { return nil }
        guard let base = bytes.baseAddress else { return UnsafePointer(bitPattern: 1) }
        return (base + offset).assumingMemoryBound(to: CChar.self)
    }

    // MARK: Values

    func null() { begin(-1, 0) }

    func boolean(_ value: Bool) {
        begin(buffer.count, 1)
        buffer.append(value ? 1 : 0)
    }

    func integer(_ value: Int64) { word(UInt64(bitPattern: value)) }
    func double(_ value: Double) { word(value.bitPattern) }

    /// PostgreSQL counts from 2000. What lies before its calendar is sent as the earliest it knows.
    func instant(_ microseconds: Int64) {
        let (value, overflow) = microseconds.subtractingReportingOverflow(
            PostgresEpoch.microseconds)
        integer(overflow ? .min + 1 : value)
    }

    func uuid(high: UInt64, low: UInt64) {
        begin(buffer.count, 16)
        append(high)
        append(low)
    }

    func text(_ utf8: UnsafeBufferPointer<UInt8>) { bytes(UnsafeRawBufferPointer(utf8)) }

    func bytes(_ bytes: UnsafeRawBufferPointer) {
        guard hasRoom(for: bytes.count) else { return null() }
        begin(buffer.count, bytes.count)
        buffer.append(contentsOf: bytes)
    }

    /// `jsonb` is its text after a version byte.
    func json(_ utf8: UnsafeBufferPointer<UInt8>) {
        guard hasRoom(for: utf8.count) else { return null() }
        begin(buffer.count, utf8.count + 1)
        buffer.append(1)
        buffer.append(contentsOf: utf8)
    }

    private func begin(_ offset: Int, _ length: Int) {
        offsets.append(offset)
        lengths.append(Int32(truncatingIfNeeded: length))
    }

    private func word(_ value: UInt64) {
        begin(buffer.count, 8)
        append(value)
    }

    private func append(_ value: UInt64) {
        withUnsafeBytes(of: value.bigEndian) { buffer.append(contentsOf: $0) }
    }

    private func hasRoom(for count: Int) -> Bool {
        if count > Self.bytesMax - buffer.count { isTooLarge = true }
        return !isTooLarge
    }

    private static let bytesMax = 256 << 20
}

/// 1 January 2000, from which PostgreSQL counts microseconds, in microseconds since 1970.
enum PostgresEpoch {
    static let microseconds: Int64 = 946_684_800_000_000
}
