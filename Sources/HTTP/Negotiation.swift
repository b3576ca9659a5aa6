/// What a client accepts, each with its weight: `Accept` and `Accept-Encoding` (RFC 9110 §12).
package struct Preferences: Sendable, Hashable {
    struct Preference: Sendable, Hashable {
        let value: String
        /// In thousandths; zero means never.
        let weight: Int
    }

    /// At most this many are looked at: a browser sends six.
    private static let maximumCount = 32

    let all: [Preference]

    package init(_ fieldValues: [String]) {
        all = fieldValues.flatMap(listMembers).prefix(Self.maximumCount).map { member in
            let parts = splitOutsideQuotes(member, at: UInt8(ascii: ";"))
            let weight = parts.dropFirst().lazy.compactMap(Self.weight).first
            return Preference(
                value: parts[0].trimmed.lowercased(), weight: weight ?? 1000)
        }
    }

    /// A `q` with up to three decimals. What is no weight counts as none at all.
    private static func weight(_ parameter: String) -> Int? {
        let pair = parameter.trimmed.split(separator: "=", maxSplits: 1)
        guard pair.count == 2, equalsIgnoringCase(pair[0].trimmed, "q") else { return nil }
        let digits = pair[1].trimmed.split(separator: ".", maxSplits: 1)
        guard let whole = digits.first.flatMap({ Int($0) }), (0...1).contains(whole) else {
            return 0
        }
        guard digits.count == 2 else { return whole * 1000 }
        guard digits[1].utf8.count <= 3, digits[1].utf8.allSatisfy(\.isDigit) else { return 0 }
        let decimals = Int(digits[1] + String(repeating: "0", count: 3 - digits[1].utf8.count))
        return min(1000, whole * 1000 + (decimals ?? 0))
    }

    /// The weight of a media type: the most exact range that matches counts.
    func weight(of type: MediaType) -> Int {
        if all.isEmpty { return 1000 }
        for candidate in [type.essence, "\(type.type)/*", "*/*"] {
            if let match = all.first(where: { $0.value == candidate }) { return match.weight }
        }
        return 0
    }

    /// The weight of a coding. `identity` is always possible unless it is refused by name.
    func weight(ofCoding coding: String) -> Int {
        if let match = all.first(where: { $0.value == coding }) { return match.weight }
        if let other = all.first(where: { $0.value == "*" }) { return other.weight }
        return coding == "identity" ? 1 : 0
    }
}

/// How a body is coded for transport.
package enum ContentCoding: String, Sendable, Hashable, CaseIterable {
    case brotli = "br"
    case gzip
    case identity
}

extension Request {
    /// The offer that the client likes best; among equals the first. Nil: it takes none of them.
    package func preferred(of offers: [MediaType]) -> MediaType? {
        let preferences = Preferences(values(of: .accept))
        return best(offers) { preferences.weight(of: $0) }
    }

    /// Whether the client names `type`, or a range of its own kind, and not just `*/*`.
    package func explicitlyAccepts(_ type: MediaType) -> Bool {
        Preferences(values(of: .accept)).all.contains {
            $0.weight > 0 && ($0.value == type.essence || $0.value == "\(type.type)/*")
        }
    }

    /// The coding that the client likes best of those there are; among equals the first.
    package func preferred(of codings: [ContentCoding]) -> ContentCoding {
        head.preferred(of: codings)
    }
}

extension RequestHead {
    /// The coding that the client likes best of those there are; among equals the first.
    package func preferred(of codings: [ContentCoding]) -> ContentCoding {
        let values = values(of: .acceptEncoding)
        if values.isEmpty { return .identity }
        let preferences = Preferences(values)
        return best(codings) { preferences.weight(ofCoding: $0.rawValue) } ?? .identity
    }
}

private func best<Offer>(_ offers: [Offer], by weight: (Offer) -> Int) -> Offer? {
    var best: (offer: Offer, weight: Int)?
    for offer in offers {
        let weight = weight(offer)
        if weight > best?.weight ?? 0 { best = (offer, weight) }
    }
    return best?.offer
}
