import Testing

@testable import Studio

/// S4-15, S4-20: tiers, in their order.
struct TierTests {
    // S4-20
    @Test func `tiers are in order, and each allows at least what the one below does`() {
        let tiers = Studio.Tier.allCases
        #expect(tiers.map(\.rawValue) == ["free", "creator", "professional", "enterprise"])
        #expect(tiers == tiers.sorted())
        for (lower, higher) in zip(tiers, tiers.dropFirst()) {
            #expect(lower < higher)
            #expect(!(higher < lower))
            #expect((lower.allowance.brandKits ?? .max) <= (higher.allowance.brandKits ?? .max))
            #expect(lower.allowance.uploads < higher.allowance.uploads)
            #expect(lower.allowance.uploadBytes < higher.allowance.uploadBytes)
        }
        #expect(tiers.map(\.allowance.brandKits) == [1, 3, 20, nil])
        #expect(tiers.filter { $0.allowance.uploads > 0 }.min() == Allowance.leastToUpload)
    }

    @Test func `built-in effects have ids of their own, and each tier has some`() {
        let effects = BuiltInEffects.all
        #expect(Set(effects.map(\.id)).count == effects.count)
        #expect(effects.count == 13)
        for effect in effects {
            #expect((1...5).contains(effect.motion))
            #expect((.seconds(4) ... .seconds(12)).contains(effect.duration))
            #expect(effect.takesText == (effect.category == .text))
        }
        #expect(Set(effects.map(\.category)) == Set(Studio.Category.allCases))
    }
}
