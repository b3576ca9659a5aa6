import SQL

extension Studio {
    /// What a creator has subscribed to, from the least to the most (S4-15, S4-20).
    package enum Tier: String, Codable, CaseIterable, Sendable, SQLValue {
        case free, creator, professional, enterprise
    }
}

extension Studio.Tier: Comparable {
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

/// What a tier allows. Nil is no limit.
struct Allowance: Hashable, Sendable {
    let brandKits: Int?
    /// Effects of the creator's own, and what they may take together.
    let uploads: Int
    let uploadBytes: Int

    /// Whose tier is lower uploads nothing.
    static let leastToUpload = Studio.Tier.creator
}

extension Studio.Tier {
    private static let mebibyte = 1 << 20

    var allowance: Allowance {
        switch self {
        case .free: Allowance(brandKits: 1, uploads: 0, uploadBytes: 0)
        case .creator:
            Allowance(brandKits: 3, uploads: 10, uploadBytes: 100 * Self.mebibyte)
        case .professional:
            Allowance(brandKits: 20, uploads: 50, uploadBytes: 500 * Self.mebibyte)
        case .enterprise:
            Allowance(brandKits: nil, uploads: 200, uploadBytes: 1000 * Self.mebibyte)
        }
    }
}
