import Values

/// Dates as heads carry them (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
package enum HTTPDate {
    /// Bytes of the text.
    package static let textCount = 29

    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    package static func text(_ instant: Instant) -> String {
        let seconds = min(max(instant.seconds, 0), 253_402_300_799)
        let (day, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let date = CalendarDate(daysSince1970: day)
        let month = months[Int(date.month) - 1]
        let time = [rest / 3600, rest / 60 % 60, rest % 60].map { two($0) }.joined(separator: ":")
        let year = String(String(10_000 + date.year).dropFirst())
        return "\(days[Int(day % 7)]), \(two(date.day)) \(month) \(year) \(time) GMT"
    }

    /// The preferred form only. The two obsolete ones are read as no date, which makes a condition
    /// that names them not hold.
    package static func instant(_ text: some StringProtocol) -> Instant? {
        let parts = text.split(separator: " ")
        guard text.utf8.count == textCount, parts.count == 6, parts[5] == "GMT",
            let month = months.firstIndex(of: String(parts[2])),
            let day = number(parts[1], 2), let year = number(parts[3], 4),
            let date = CalendarDate(year: year, month: Int64(month) + 1, day: day)
        else { return nil }
        let time = parts[4].split(separator: ":")
        guard time.count == 3, let hour = number(time[0], 2), let minute = number(time[1], 2),
            let second = number(time[2], 2), hour < 24, minute < 60, second <= 60
        else { return nil }
        return Instant(
            seconds: date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second)
    }

    private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }

    private static func number(_ text: some StringProtocol, _ digits: Int) -> Int64? {
        guard text.utf8.count == digits, text.utf8.allSatisfy(\.isDigit) else { return nil }
        return Int64(text)
    }
}
