import API
import Identity
import SQL
import SVG
import Surfaces
import Values

/// Has an icon drawn, makes it safe and keeps it.
struct GenerateIcon: Sendable {
    typealias Progress = @Sendable (GenerationProgress) async -> Void

    let icons: Icons

    /// Takes a place of today's, unless the user has asked too often.
    func admit(_ user: ID<User>, _ call: Call) async throws -> IconUsage.Place {
        let state = try await icons.limiter.count(icons.rate, user.description, at: call.now)
        try call.apply(state)
        guard let place = try await icons.usage.take(for: user, at: call.now) else {
            throw Failure.iconQuotaReached.retry(after: call.now.endOfDay - call.now)
        }
        return place
    }

    /// Gives the place back where no icon comes of it, but not that of who has left meanwhile.
    func draw(
        _ brief: IconBrief, _ place: IconUsage.Place, _ call: Call,
        progress: @escaping Progress = { _ in }
    ) async throws -> Icon {
        do {
            let drafts = try await icons.generator.generate(brief, progress: progress)
            try Task.checkCancellation()
            return try await keep(try safe(drafts, call), of: brief, for: place.user, call)
        } catch {
            if Task.isCancelled { throw CancellationError() }
            // One that cannot be given back is lost until tomorrow; what went wrong first is told.
            try? await icons.usage.giveBack(place)
            guard let problem = error as? GenerationProblem else { throw error }
            tell(problem, call)
            throw Failure(problem)
        }
    }

    /// What can be made safe of the drafts, which is one at least.
    private func safe(_ drafts: [DraftIcon], _ call: Call) throws -> [IconVariant] {
        var variants: [IconVariant] = []
        var problem = SVGProblem.empty
        for draft in drafts.prefix(IconBrief.variantsMax) {
            do throws(SVGProblem) {
                variants.append(
                    try IconVariant(
                        draft, number: variants.count + 1, icons.policy, at: call.now,
                        from: icons.identity.randomness))
            } catch {
                problem = error
            }
        }
        if variants.isEmpty { throw Failure(problem) }
        return variants
    }

    private func keep(
        _ variants: [IconVariant], of brief: IconBrief, for user: ID<User>, _ call: Call
    ) async throws -> Icon {
        let icon = try await icons.database.first(
            Icon.insert, ID(at: call.now, from: icons.identity.randomness), user, brief.prompt,
            SearchWords.folded(brief.prompt), IconVariants(variants), variants[0].id, brief.intent,
            brief.colorMode, icons.generator.name, icons.generator.model, call.now)
        guard let icon else { throw Failure.unexpected }
        return icon
    }

    /// What only the operator can mend goes into the log; the client is not told more than that.
    private func tell(_ problem: GenerationProblem, _ call: Call) {
        let words: String
        switch problem {
        case .notConfigured: words = "there is no key: set ANTHROPIC_API_KEY"
        case .keyRefused: words = "the key is not taken: see ANTHROPIC_API_KEY"
        case .requestRefused(let reason): words = "the request is not taken: \(reason)"
        default: return
        }
        call.logger.with(requestID: call.requestID, userID: call.userID).error(
            "no icon can be drawn",
            ["generator": .string(icons.generator.name), "reason": .string(words)])
    }
}
