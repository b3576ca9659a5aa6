import API
import Files
import SQL
import Values

extension Studio {
    struct UploadReference: Codable, Sendable {
        let id: EffectReference
    }

    var deleteEffect: Function<UploadReference, NoContent> {
        Function(
            name: "deleteEffect", summary: "Delete an effect of one's own, with its file.",
            scope: .studioWrite, failures: [.effectNotFound]
        ) { input, creator, _ in
            guard let id = ID<UploadedEffect>(input.id.text) else { throw Failure.effectNotFound }
            let file = try await database.transaction { transaction in
                let file = try await transaction.first(UploadedEffect.delete, id, creator.id)
                guard let file = file?.value else { throw Failure.effectNotFound }
                try await files.release(file, in: transaction)
                return file
            }
            try await files.delete(file)
            return NoContent()
        }
    }
}
