import Testing
import Values

struct SeededNumbersTests {
    /// Those of SplitMix64's own publication, for the seed 1234567.
    @Test func `numbers are the algorithm's, on every machine`() {
        var numbers = SeededNumbers(seed: 1_234_567)
        let first = (0..<5).map { _ in numbers.next() }
        #expect(
            first == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test func `one seed gives the same, another one something else`() {
        var (one, same, other) = (
            SeededNumbers(seed: 1), SeededNumbers(seed: 1), SeededNumbers(seed: 2)
        )
        let bytes = one.bytes(64)
        #expect(bytes == same.bytes(64))
        #expect(bytes != other.bytes(64))
    }

    @Test func `below a limit all numbers come, and none beside them`() {
        var numbers = SeededNumbers(seed: 7)
        #expect(Set((0..<200).map { _ in numbers.below(5) }) == [0, 1, 2, 3, 4])
        for limit in [1, 0, -3, .min] { #expect(numbers.below(limit) == 0) }
    }
}
