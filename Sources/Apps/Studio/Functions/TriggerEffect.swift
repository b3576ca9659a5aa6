import API
import Coding
import Identity
import SQL
import Values

extension Studio {
    struct TriggerInput: Codable, Sendable, Explained {
        let effectId: EffectReference
        let sessionId: ID<StreamSession>
        let text: EffectText?

        static let words: [String: MemberWords] = [
            "text": "For an effect that shows one; others pass it over."
        ]
    }

    /// S4-5.
    var triggerEffect: Function<TriggerInput, ActivationBody> {
        Function(
            name: "triggerEffect", summary: "Show an effect on a stream.",
            about: """
                It is kept and told to the stream's overlay in one transaction. What the brand kit of the \
                stream does not allow is refused with the reason, and counted.
                """, scope: .studioWrite,
            failures: [
                .effectNotFound, .sessionNotFound, .sessionPaused, .sessionEnded, .effectOffBrand,
                .tooManyRequests,
            ]
        ) { input, creator, occasion in
            try occasion.apply(
                try await limiter.count(rate, creator.id.description, at: occasion.now))
            guard let effect = try await effects.find(input.effectId.text, of: creator) else {
                throw Failure.effectNotFound
            }
            guard effect.tier <= creator.tier else { throw Failure.forbidden }
            let activation = Activation(
                id: ID(at: occasion.now, from: identity.randomness), session: input.sessionId,
                effect: effect, text: effect.takesText ? input.text?.text : nil,
                triggeredAt: occasion.now)
            return try await show(activation, by: creator)
        }
    }

    var rate: GuardLimit {
        GuardLimit("studio.trigger", tries: options.triggersPerMinute, per: .minutes(1))
    }

    private func show(
        _ activation: Activation, by creator: Creator
    ) async throws -> ActivationBody {
        let body = ActivationBody(
            activation, try body(activation.effect, for: creator, at: activation.triggeredAt))
        let objection = try await database.transaction { transaction in
            try await keep(activation, body, by: creator, in: transaction)
        }
        // Counted, whatever the answer is.
        if let objection { throw Failure.effectOffBrand.about([objection]) }
        await tell(activation.session)
        return body
    }

    /// What the brand kit has against it, if anything.
    private func keep(
        _ activation: Activation, _ body: ActivationBody, by creator: Creator,
        in transaction: any Transaction
    ) async throws -> String? {
        let (id, now) = (activation.session, activation.triggeredAt)
        guard var session = try await transaction.first(StreamSession.lock, id, creator.id) else {
            throw Failure.sessionNotFound
        }
        try session.requireActive()
        if let kit = session.brandKit,
            let found = try await transaction.first(BrandKit.find, kit, creator.id),
            let objection = found.objection(to: activation.effect)
        {
            session.metrics.refused += 1
            try await Self.save(session, at: now, in: transaction)
            return objection
        }
        session.metrics.count(activation.effect.category, at: now)
        try await Self.save(session, at: now, in: transaction)
        try await transaction.execute(
            Activation.insert, activation.id, id, activation.effect.id, activation.text, now)
        try await append(.effect(body, by: creator.id), to: id, at: now, in: transaction)
        return nil
    }
}

/// Which effect is meant. One that is none is not found.
struct EffectReference: LineValue, Sendable {
    static let lengths = 1...64

    let text: String

    init(known text: String) { self.text = text }

    static var example: EffectReference { EffectReference(known: "confetti") }
}

/// A line that an effect shows.
struct EffectText: LineValue, Sendable {
    static let lengths = 1...120

    let text: String

    init(known text: String) { self.text = text }

    static var example: EffectText { EffectText(known: "Welcome!") }
}
