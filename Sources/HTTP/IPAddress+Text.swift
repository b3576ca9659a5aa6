extension IPAddress: CustomStringConvertible {
    /// Dotted IPv4 or any of the forms of RFC 4291 §2.2 for IPv6, without a zone. Nil for all else.
    package init?(_ text: some StringProtocol) {
        if let four = Self.four(text) {
            self.init(v4: four)
        } else if let (high, low) = Self.six(text) {
            self.init(v6: high, low)
        } else {
            return nil
        }
    }

    /// The text of RFC 5952: lower case, no leading zeros, the longest run of zeros cut short.
    package var description: String {
        if version == .v4 {
            let bytes: [UInt64] = [low >> 24, low >> 16 & 0xff, low >> 8 & 0xff, low & 0xff]
            return bytes.map { String($0) }.joined(separator: ".")
        }
        let groups = [high, low].flatMap { word -> [UInt64] in
            [word >> 48, word >> 32 & 0xffff, word >> 16 & 0xffff, word & 0xffff]
        }
        let zeros = Self.longestZeros(groups)
        let text = { (part: ArraySlice<UInt64>) in
            part.map { String($0, radix: 16) }.joined(separator: ":")
        }
        if zeros.count < 2 { return text(groups[...]) }
        return text(groups[..<zeros.lowerBound]) + "::" + text(groups[zeros.upperBound...])
    }

    private static func longestZeros(_ groups: [UInt64]) -> Range<Int> {
        var best = 0..<0
        var start = 0
        for (index, group) in groups.enumerated() {
            if group != 0 { start = index + 1 }
            if index + 1 - start > best.count { best = start..<index + 1 }
        }
        return best
    }

    private static func four(_ text: some StringProtocol) -> UInt32? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy(\.isDigit) else { return nil }
            let value = part.reduce(UInt32(0)) { $0 * 10 + UInt32($1 & 15) }
            guard value < 256, part.count == 1 || part.first != UInt8(ascii: "0") else {
                return nil
            }
            address = address << 8 | value
        }
        return address
    }

    private static func six(_ text: some StringProtocol) -> (UInt64, UInt64)? {
        guard text.utf8.count <= 45, text.utf8.contains(UInt8(ascii: ":")) else { return nil }
        let text = String(text)
        guard let gap = text.range(ofText: "::") else {
            return groups(text[...]).flatMap { $0.count == 8 ? words($0) : nil }
        }
        guard let head = groups(text[..<gap.lowerBound]),
            let tail = groups(text[gap.upperBound...]),
            head.count + tail.count < 8
        else { return nil }
        return words(head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail)
    }

    /// Groups of 16 bits; the last may be a dotted IPv4 address, which is two.
    private static func groups(_ text: Substring) -> [UInt64]? {
        if text.isEmpty { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var groups: [UInt64] = []
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, let four = four(part) {
                groups += [UInt64(four >> 16), UInt64(four & 0xffff)]
                continue
            }
            guard (1...4).contains(part.utf8.count) else { return nil }
            var group: UInt64 = 0
            for byte in part.utf8 {
                guard let digit = byte.hexadecimalDigit else { return nil }
                group = group << 4 | UInt64(digit)
            }
            groups.append(group)
        }
        return groups
    }

    private static func words(_ groups: [UInt64]) -> (UInt64, UInt64) {
        (groups[..<4].reduce(0) { $0 << 16 | $1 }, groups[4...].reduce(0) { $0 << 16 | $1 })
    }
}

extension String {
    /// The first place of `part`, without Foundation.
    func range(ofText part: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].utf8.starts(with: part.utf8) {
                return start..<utf8.index(start, offsetBy: part.utf8.count)
            }
            start = utf8.index(after: start)
        }
        return nil
    }
}

/// A network of addresses: `10.0.0.0/8`, `fd00::/8`, or a single address.
package struct IPNetwork: Hashable, Sendable {
    private let address: IPAddress
    private let bits: Int

    /// Nil when the text is neither an address nor an address with a length of prefix.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = IPAddress(parts[0]) else { return nil }
        let longest = address.version == .v4 ? 32 : 128
        guard let bits = parts.count == 2 ? Int(parts[1]) : longest, (0...longest).contains(bits)
        else { return nil }
        self.address = address
        self.bits = address.version == .v4 ? bits + 96 : bits
    }

    package func contains(_ other: IPAddress) -> Bool {
        guard other.version == address.version else { return false }
        let high = (other.high ^ address.high) & mask(min(bits, 64))
        let low = (other.low ^ address.low) & mask(max(0, bits - 64))
        return high | low == 0
    }

    /// The first `count` of 64 bits.
    private func mask(_ count: Int) -> UInt64 {
        count == 0 ? 0 : ~0 << UInt64(64 - count)
    }
}
