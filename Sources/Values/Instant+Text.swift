// RFC 3339 text of an instant, and the calendar arithmetic behind it: days counted in eras of 400
// years that begin in March, so that the leap day is the last of its year.

extension Instant: CustomStringConvertible {
    /// Bytes of the text with three decimals: `2026-01-31T09:30:00.000Z`.
    package static let textCount = 24

    package var description: String {
        String(unsafeUninitializedCapacity: Self.textCount) { buffer in
            write(to: buffer.baseAddress!)
            return Self.textCount
        }
    }

    /// Writes the 24 bytes of the text, rounded down to a millisecond. Years outside 0 to 9999 are
    /// written as the nearest that fits.
    package func write(to bytes: UnsafeMutablePointer<UInt8>) {
        let (seconds, micros) = floorDivide(
            min(max(microseconds, Self.writable.lowerBound), Self.writable.upperBound), 1_000_000)
        let (days, rest) = floorDivide(seconds, 86_400)
        let date = CalendarDate(daysSince1970: days)
        var cursor = bytes
        func decimal(_ value: Int64, digits: Int, then separator: Unicode.Scalar) {
            var value = value
            for index in stride(from: digits - 1, through: 0, by: -1) {
                cursor[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10)
                value /= 10
            }
            cursor[digits] = UInt8(ascii: separator)
            cursor += digits + 1
        }
        decimal(date.year, digits: 4, then: "-")
        decimal(date.month, digits: 2, then: "-")
        decimal(date.day, digits: 2, then: "T")
        decimal(rest / 3600, digits: 2, then: ":")
        decimal(rest / 60 % 60, digits: 2, then: ":")
        decimal(rest % 60, digits: 2, then: ".")
        decimal(micros / 1000, digits: 3, then: "Z")
    }

    /// Whether the text says the instant itself, and not the nearest one that has a text.
    package var hasText: Bool { Self.writable.contains(microseconds) }

    private static let writable: ClosedRange<Int64> =
        -62_167_219_200_000_000...253_402_300_799_999_999

    /// RFC 3339: `T` or `t`, an offset is required, one to nine decimals, no leap second.
    package init?(_ text: some StringProtocol) {
        var text = String(text)
        guard let instant = text.withUTF8({ Self(utf8: $0) }) else { return nil }
        self = instant
    }

    package init?(utf8 text: UnsafeBufferPointer<UInt8>) {
        guard text.count >= 20, text.count <= 35 else { return nil }
        var reader = DigitReader(text: text)
        guard let year = reader.number(4), reader.take("-"),
            let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), reader.take("T") || reader.take("t"),
            let hour = reader.number(2), hour < 24, reader.take(":"),
            let minute = reader.number(2), minute < 60, reader.take(":"),
            let second = reader.number(2), second < 60,
            let date = CalendarDate(year: year, month: month, day: day),
            let fraction = reader.fraction(), let offset = reader.offset(), reader.isAtEnd
        else { return nil }
        let seconds = date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset
        microseconds = seconds * 1_000_000 + fraction
    }
}

/// A day of the proleptic Gregorian calendar.
package struct CalendarDate: Hashable, Sendable {
    package let year: Int64, month: Int64, day: Int64

    package init?(year: Int64, month: Int64, day: Int64) {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let longest: Int64 =
            switch month {
            case 2: isLeap ? 29 : 28
            case 4, 6, 9, 11: 30
            case 1, 3, 5, 7, 8, 10, 12: 31
            default: 0
            }
        guard (0...9999).contains(year), day >= 1, day <= longest else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    package init(daysSince1970 days: Int64) {
        let (era, dayOfEra) = floorDivide(days + 719_468, 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    package var daysSince1970: Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = floorDivide(marchYear, 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }
}

private struct DigitReader {
    let text: UnsafeBufferPointer<UInt8>
    var index = 0

    var isAtEnd: Bool { index == text.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < text.count, text[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    mutating func digit() -> Int64? {
        guard index < text.count else { return nil }
        let value = text[index] &- UInt8(ascii: "0")
        guard value < 10 else { return nil }
        index += 1
        return Int64(value)
    }

    mutating func number(_ digits: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// Microseconds; what is finer is cut off.
    mutating func fraction() -> Int64? {
        guard take(".") else { return 0 }
        var value: Int64 = 0
        var count = 0
        while count < 9, let digit = digit() {
            if count < 6 { value = value * 10 + digit }
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 6)..<6 { value *= 10 }
        return value
    }

    /// Seconds east of UTC.
    mutating func offset() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let isWest = take("-")
        guard isWest || take("+"), let hour = number(2), hour < 24, take(":"),
            let minute = number(2), minute < 60
        else { return nil }
        return (hour * 3600 + minute * 60) * (isWest ? -1 : 1)
    }
}
