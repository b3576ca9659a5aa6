import API
import Coding
import HTTP
import Identity
import Surfaces
import Values

// S3-24: the storage service, as users call it.

extension Files {
    func v1(_ callers: Callers) -> SurfacePart {
        SurfacePart(V1.name, failures: Self.uploadRows + Self.rows + Callers.keyRows) {
            writingRoutes(callers)
            readingRoutes(callers)
        }
    }

    private static let rows = [
        FailureRow(.fileInUse, .conflict, "FILE_IN_USE", "An app uses the file") {
            "The app \($0[0]) uses the file"
        }
    ]

    @Routes private func writingRoutes(_ callers: Callers) -> [Route] {
        Operation(
            "uploadFile", .post, "/files", "Keep a file.",
            about: """
                A form in parts with one file, in the field `file`. What it is, its content says, not its \
                name. What is refused leaves nothing behind.
                """, failures: [.forbidden, .tooManyRequests] + Self.uploadFailures,
            options: .form(FormDocumentation(file: "file")),
            guard: callers.anyone(scope: .filesWrite)
        ) { (_: NoInput, principal, call) in
            let owner = try principal.requireUser().id
            let upload = try await receive(
                call, UploadRules(), for: owner, heldBy: StoredFile.heldByUser
            ) { _ in }
            return Created(shown(upload.file, call))
        }
        Operation(
            "deleteFile", .delete, "/files/:id", "Delete a file.",
            about: "What an app uses is deleted there.",
            failures: [.forbidden, .notFound, .fileInUse],
            guard: callers.anyone(scope: .filesWrite)
        ) { (input: V1.FileReference, principal, call) in
            try await delete(input.id, of: try principal.requireUser().id, at: call.now)
            return NoContent()
        }
    }

    @Routes private func readingRoutes(_ callers: Callers) -> [Route] {
        Operation(
            "listFiles", .get, "/files", "The caller's files, newest first.",
            about: "Those that apps use are among them.", failures: [.forbidden],
            guard: callers.anyone(scope: .filesRead)
        ) { (input: V1.FilePage, principal, call) in
            try await list(input, of: try principal.requireUser().id, call)
        }
        Operation(
            "readFile", .get, "/files/:id", "What there is to know of a file.",
            about: "Its `url` is good for an hour or two, for whoever has it.",
            failures: [.forbidden, .notFound], guard: callers.anyone(scope: .filesRead)
        ) { (input: V1.FileReference, principal, call) in
            shown(try await require(input.id, of: try principal.requireUser().id), call)
        }
        Operation(
            "readFileContent", .get, "/files/:id/content", "The bytes of a file.",
            about: """
                For its owner, and for whoever has its `url`. Ranges are answered. A browser shows \
                pictures, sound and films; all else it saves.
                """, failures: [.notFound], options: .recognizing(callers.schemesWithKeys),
            guard: callers.anybody(scope: .filesRead)
        ) { (input: V1.FileContentReference, principal, call) in
            try await content(input, principal, call)
        }
    }

    private func shown(_ file: StoredFile, _ call: Call) -> V1.StoredFileBody {
        V1.StoredFileBody(file, url: link(to: file.id, at: call.now))
    }

    private func require(_ id: ID<StoredFile>, of owner: ID<User>) async throws -> StoredFile {
        guard let file = try await find(id), file.owner == owner else {
            throw Failure.notFound.about(["File"])
        }
        return file
    }

    private func list(
        _ input: V1.FilePage, of owner: ID<User>, _ call: Call
    ) async throws -> V1.FilesBody {
        let limit = input.limit?.value ?? V1.FilePage.standard
        let page = input.page?.value ?? 1
        let files = try await database.all(StoredFile.list, owner, limit, (page - 1) * limit)
        let total = try await database.first(StoredFile.count, owner)?.value ?? 0
        return V1.FilesBody(
            data: files.map { shown($0, call) },
            meta: V1.FilesMeta(
                total: total, page: page, limit: limit, totalPages: (total + limit - 1) / limit))
    }

    private func delete(_ id: ID<StoredFile>, of owner: ID<User>, at now: Instant) async throws {
        let isReleased = try await database.transaction { transaction in
            let released = try await transaction.first(
                StoredFile.releaseOwn, id, owner, StoredFile.heldByUser, now)
            guard let released else { return false }
            try await usage.giveBack(released, in: transaction)
            return true
        }
        guard isReleased else {
            let file = try await require(id, of: owner)
            throw Failure.fileInUse.about([file.holder ?? ""])
        }
        try await delete(id)
    }

    /// Nobody is told whether a file is there that is not his.
    private func content(
        _ input: V1.FileContentReference, _ principal: Principal?, _ call: Call
    ) async throws -> FileContent {
        let endsAt = Int64(input.expires?.value ?? 0)
        let isSigned = links.isGood(
            input.signature ?? "", for: input.id, endsAt: endsAt, at: call.now)
        if principal == nil, input.signature == nil { throw Failure.unauthorized }
        guard let file = try await find(input.id),
            isSigned || principal?.user?.id == file.owner
        else { throw Failure.notFound.about(["File"]) }
        return FileContent(
            file, at: store.path(of: file.id), to: call.request,
            cachedUntil: isSigned ? Instant(seconds: endsAt) : nil, now: call.now)
    }
}
