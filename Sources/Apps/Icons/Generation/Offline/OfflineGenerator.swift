/// Draws by itself, without a model: the same icon for the same words. For trying the app out.
///
/// It knows some eighty things by name; for all other words it makes a regular figure. Every icon says
/// that it was drawn so.
package struct OfflineGenerator: IconGenerator {
    package let name = "offline"
    package let model: String? = nil

    package init() {}

    package func generate(
        _ brief: IconBrief, progress: @escaping @Sendable (GenerationProgress) async -> Void
    ) async throws -> [DraftIcon] {
        try Task.checkCancellation()
        let count = min(max(brief.variantCount, 1), IconBrief.variantsMax)
        let icons = (0..<count).map { icon(brief, variant: $0) }
        await progress(.drawn(count: icons.count))
        return icons
    }

    private func icon(_ brief: IconBrief, variant: Int) -> DraftIcon {
        if brief.intent == .refine, let reference = brief.reference,
            let refinement = OfflineRefinement(reference, brief, variant: variant)
        {
            return refinement.icon
        }
        return OfflineDrawing(brief).icon(style(brief, variant))
    }

    /// The one that the words ask for comes first.
    private func style(_ brief: IconBrief, _ variant: Int) -> OfflineStyle {
        let words = Wording.words(of: brief.prompt)
        let styles = OfflineStyle.allCases
        let isSolid = words.contains { ["solid", "filled", "glyph"].contains($0) }
        return styles[(variant + (isSolid ? 2 : 0)) % styles.count]
    }
}
