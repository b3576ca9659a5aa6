extension JSONOutput {
    package mutating func null() { raw("null") }

    package mutating func boolean(_ value: Bool) { raw(value ? "true" : "false") }

    @inline(__always)
    package mutating func integer(_ value: some FixedWidthInteger) {
        if let value = Int64(exactly: value) {
            if value < 0 { byte(.minus) }
            digits(value.magnitude)
        } else if let value = UInt64(exactly: value) {
            digits(value)
        } else {
            ascii(String(value))
        }
    }

    mutating func digits(_ value: UInt64) {
        reserve(20)
        var length = 1
        var rest = value
        while rest >= 10 {
            rest /= 10
            length &+= 1
        }
        lastDigits(value, length)
    }

    /// The last `length` digits, with zeros in front. There is room for them.
    @inline(__always)
    mutating func lastDigits(_ value: UInt64, _ length: Int) {
        var rest = value
        var index = length
        while index > 0 {
            index &-= 1
            let tens = rest / 10
            base[count &+ index] = .zero &+ UInt8(truncatingIfNeeded: rest &- tens &* 10)
            rest = tens
        }
        count &+= length
    }

    /// The shortest text that reads back as the same number; whole numbers without a fraction.
    package mutating func number(_ value: Double) {
        guard value.isFinite else { return refuse(value) }
        if let whole = Self.smallMagnitude(value) {
            if value < 0 { byte(.minus) }
            return digits(whole)
        }
        if !thousandths(value) { ascii(value.description) }
    }

    package mutating func number(_ value: Float) {
        guard value.isFinite else { return refuse(Double(value)) }
        // A Float of this size is exact as a Double, and both have the same shortest text.
        if value == value.rounded(.towardZero), abs(value) < 1e7 { return number(Double(value)) }
        ascii(value.description)
    }

    private mutating func refuse(_ value: Double) {
        failure = .notFinite
        null()
    }

    /// Of a whole number below 2^53 that is not minus zero.
    @inline(__always)
    private static func smallMagnitude(_ value: Double) -> UInt64? {
        guard abs(value) < 0x1p53, value == value.rounded(.towardZero),
            !(value == 0 && value.sign == .minus)
        else { return nil }
        return UInt64(abs(value))
    }

    /// Amounts and scores mostly have one to three decimals. If the number is the one nearest to so
    /// many thousandths, and has few enough digits, these are its shortest text.
    private mutating func thousandths(_ value: Double) -> Bool {
        let magnitude = abs(value)
        guard magnitude >= 0.001, magnitude < 1e11 else { return false }
        let scaled = (magnitude * 1000).rounded()
        guard scaled / 1000 == magnitude else { return false }
        let (whole, fraction) = UInt64(scaled).quotientAndRemainder(dividingBy: 1000)
        if value < 0 { byte(.minus) }
        digits(whole)
        byte(.point)
        reserve(3)
        if fraction % 100 == 0 {
            lastDigits(fraction / 100, 1)
        } else if fraction % 10 == 0 {
            lastDigits(fraction / 10, 2)
        } else {
            lastDigits(fraction, 3)
        }
        return true
    }

    mutating func ascii(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            if let start = bytes.baseAddress { copy(start, bytes.count) }
        }
    }
}
