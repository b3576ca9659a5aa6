// From the digits of a number that is one to its value.

/// Up to 2^53 times or by a power of ten up to 10^22 is one exact operation; the standard library
/// does all else.
func readDouble(_ text: Bytes, _ count: Int) -> Double {
    guard count <= 19, let (mantissa, exponent, isNegative) = shortDecimal(text, count) else {
        return exactDouble(text, count)
    }
    var value = Double(mantissa)
    if exponent < 0 {
        value /= powersOfTen[-exponent]
    } else if exponent > 0 {
        value *= powersOfTen[exponent]
    }
    return isNegative ? -value : value
}

@inline(never)
private func exactDouble(_ text: Bytes, _ count: Int) -> Double {
    Double(String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)) ?? .nan
}

private let powersOfTen: InlineArray<23, Double> = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
]

/// At most 19 bytes, so nothing overflows. Nil where one operation is not exact.
@inline(__always)
private func shortDecimal(
    _ text: Bytes, _ count: Int
) -> (mantissa: UInt64, exponent: Int, isNegative: Bool)? {
    let isNegative = text[0] == .minus
    var index = isNegative ? 1 : 0
    var mantissa: UInt64 = 0
    var exponent = 0
    @inline(__always) func digits() {
        while index < count, text[index].isDigit {
            mantissa = mantissa &* 10 &+ UInt64(text[index] &- .zero)
            index &+= 1
        }
    }
    digits()
    if index < count, text[index] == .point {
        index &+= 1
        let first = index
        digits()
        exponent = first &- index
    }
    if index < count { exponent &+= readExponent(text, count, index &+ 1) }
    guard mantissa <= 1 &<< 53, exponent >= -22, exponent <= 22 else { return nil }
    return (mantissa, exponent, isNegative)
}

private func readExponent(_ text: Bytes, _ count: Int, _ start: Int) -> Int {
    var index = start
    let isNegative = text[index] == .minus
    if isNegative || text[index] == .plus { index &+= 1 }
    var value = 0
    while index < count {
        if value < 100_000 { value = value &* 10 &+ Int(text[index] &- .zero) }
        index &+= 1
    }
    return isNegative ? -value : value
}

/// Magnitude and sign of an integer. Nil where it does not fit 64 bits.
@inline(__always)
func readInteger(_ text: Bytes, _ count: Int) -> (magnitude: UInt64, isNegative: Bool)? {
    let isNegative = text[0] == .minus
    var index = isNegative ? 1 : 0
    let digits = count &- index
    if digits > 20 { return nil }
    // Nineteen digits always fit.
    let safe = digits == 20 ? count &- 1 : count
    var value: UInt64 = 0
    while index < safe {
        value = value &* 10 &+ UInt64(text[index] &- .zero)
        index &+= 1
    }
    guard digits == 20 else { return (value, isNegative) }
    let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
    let (sum, isTooLargeByOne) = tens.addingReportingOverflow(UInt64(text[index] &- .zero))
    return isTooLarge || isTooLargeByOne ? nil : (sum, isNegative)
}
