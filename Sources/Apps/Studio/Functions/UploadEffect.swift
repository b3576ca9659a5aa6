import API
import Coding
import Files
import Identity
import SQL
import Surfaces
import Values

extension Studio {
    /// What stands in the form beside the file.
    struct UploadFields: Codable, Sendable, Explained {
        let name: Title
        let description: EffectText?
        let category: Category
        let motion: Bounded<MotionBounds>
        let durationMs: Bounded<DurationBounds>

        static let words: [String: MemberWords] = [
            "name": MemberWords("What it is called.", example: "Our logo"),
            "description": MemberWords("What it looks like.", example: "It turns once."),
            "motion": "How strongly it moves: 1, hardly at all, to 5.",
            "durationMs": MemberWords(
                "How long it is to be seen, in milliseconds.", example: 6000),
        ]
    }

    /// In milliseconds.
    enum DurationBounds: Bounds { static let range = 500...60_000 }

    /// Bytes of one file; the server may allow less (`files.bytesMax`).
    private static let uploadBytesMax = 25 << 20

    /// S4-6.
    var uploadEffect: Function<NoInput, Created<EffectBody>> {
        Function(
            name: "uploadEffect", summary: "Make a picture or a film an effect of one's own.",
            about: """
                A form in parts: PNG, JPEG, GIF, WebP, AVIF, MP4 or WebM of 25 MB at most. What the file is, \
                its content says. How many there may be depends on the creator's tier, which is `creator` \
                at least.
                """, scope: .studioWrite, tier: Allowance.leastToUpload,
            failures: Files.uploadFailures + [.tierIsFull, .tooManyRequests],
            form: FormDocumentation(
                UploadFields.self, file: "file",
                types: UploadedEffect.kinds.map(\.rawValue).sorted())
        ) { _, creator, occasion in
            // Before 25 MB come in vain; it is asked again when they are there.
            try await requireRoom(for: 0, of: creator, on: database)
            let upload = try await files.receive(
                try occasion.requireCall(),
                UploadRules(bytesMax: Self.uploadBytesMax, types: UploadedEffect.kinds),
                for: creator.id, reading: UploadFields.self)
            let made = try await keep(upload.fields, upload.file, of: creator, at: occasion.now)
            return Created(try body(made.effect, for: creator, at: occasion.now))
        }
    }

    private func keep(
        _ fields: UploadFields, _ file: StoredFile, of creator: Creator, at now: Instant
    ) async throws -> UploadedEffect {
        let id = ID<UploadedEffect>(at: now, from: identity.randomness)
        let description = fields.description?.text ?? ""
        let made = try await database.transaction { transaction in
            guard let creator = try await transaction.first(Creator.lock, creator.id) else {
                throw Failure.unauthorized
            }
            try await requireRoom(for: file.bytes, of: creator, on: transaction)
            try await files.claim(file.id, for: Self.name, in: transaction)
            return try await transaction.first(
                UploadedEffect.insert, id, creator.id, fields.name.text, description,
                SearchWords.folded(fields.name.text + "\n" + description), fields.category,
                fields.motion.value, fields.durationMs.value, file.id, file.kind, file.bytes, now)
        }
        guard let made else { throw Failure.unexpected }
        return made
    }

    private func requireRoom(
        for bytes: Int, of creator: Creator, on runner: any StatementRunner
    ) async throws {
        let used = try await runner.first(UploadedEffect.usage, creator.id)
        let allowance = creator.tier.allowance
        guard used?.count ?? 0 < allowance.uploads,
            used?.bytes ?? 0 <= allowance.uploadBytes - bytes
        else { throw Failure.tierIsFull.about(["uploads"]) }
    }
}
