import Testing
import Values

@Suite struct InstantTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-01-31T09:30:00.5Z", 1_769_851_800_500_000),
        ("2000-02-29T23:59:59.999999+01:00", 951_865_199_999_999),
        ("1969-12-31t23:59:59z", -1_000_000),
    ])
    func `text is read to the microsecond`(text: String, microseconds: Int64) {
        #expect(Instant(text)?.microseconds == microseconds)
    }
}
