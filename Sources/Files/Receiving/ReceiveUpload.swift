import API
import Coding
import HTTP
import Identity
import SQL
import Secrets
import Values

extension Files {
    /// Reads the request as a form in parts with one file, whose bytes go to the disk as they come.
    ///
    /// The file waits then until it is claimed, and is deleted where nothing claims it within an hour. What
    /// is refused leaves nothing behind. Operations that call this say so in their options
    /// (`RouteOptions.form`), and list `Files.uploadFailures`.
    package func receive(
        _ call: Call, _ rules: UploadRules, for owner: ID<User>
    ) async throws -> Upload {
        try await receive(call, rules, for: owner, heldBy: nil) { _ in }
    }

    /// The same, with the texts as `Fields` reads them: where they are wrong, no file is kept.
    package func receive<Fields: Decodable & Sendable>(
        _ call: Call, _ rules: UploadRules, for owner: ID<User>, reading type: Fields.Type
    ) async throws -> (fields: Fields, file: StoredFile) {
        let upload = try await receive(call, rules, for: owner, heldBy: nil) { fields in
            _ = try Upload.read(type, from: fields)
        }
        return (try Upload.read(type, from: upload.fields), upload.file)
    }

    func receive(
        _ call: Call, _ rules: UploadRules, for owner: ID<User>, heldBy holder: String?,
        check: ([String: String]) throws -> Void
    ) async throws -> Upload {
        do {
            try places.enter(owner)
            defer { places.leave(owner) }
            var rules = rules
            rules.bytesMax = min(rules.bytesMax, options.bytesMax)
            var receiving = try ReceiveUpload(self, call, rules, owner)
            let upload = try await receiving(heldBy: holder, check)
            counts.countStored(upload.file.bytes)
            return upload
        } catch {
            counts.countRefused()
            if let failure = error as? Failure, failure == .storageFull { tell(failure, call) }
            throw error
        }
    }
}

extension Files {
    /// The client is told, and can do nothing about it; the operator can.
    private func tell(_ failure: Failure, _ call: Call) {
        call.logger.with(requestID: call.requestID, userID: call.userID).error(
            "no room for an upload",
            ["error": .string(failure.underlying.map { "\($0)" } ?? "")])
    }
}

/// One upload, from its first byte to its row.
struct ReceiveUpload {
    /// What is gathered before the disk is asked to write.
    private static let pieceBytes = 256 * 1024

    private let files: Files
    private let call: Call
    private let rules: UploadRules
    private let owner: ID<User>
    private let id: ID<StoredFile>
    private let endsBy: Instant
    private var form: IncomingForm
    private var file: PartialFile?
    private var piece: [UInt8] = []
    private var name = CleanName.unnamed
    private var kind = MediaKind.bytes

    init(_ files: Files, _ call: Call, _ rules: UploadRules, _ owner: ID<User>) throws {
        (self.files, self.call, self.rules, self.owner) = (files, call, rules, owner)
        let now = files.clock.now
        id = ID(at: now, from: files.identity.randomness)
        endsBy = now + files.options.uploadTime
        form = try IncomingForm(call.request.contentType, rules)
    }

    mutating func callAsFunction(
        heldBy holder: String?, _ check: ([String: String]) throws -> Void
    ) async throws -> Upload {
        try await requireRoom()
        do {
            try await read()
            try check(form.fields)
            return try await keep(heldBy: holder)
        } catch {
            if let file { await files.store.discard(file) }
            throw error
        }
    }

    /// Before anything is read: a client that waits to be told to go on has not sent anything yet.
    private func requireRoom() async throws {
        let declared = call.request.body.declaredLength ?? 0
        let least = max(0, declared - rules.overheadMax)
        if least > rules.bytesMax { throw Failure.fileTooLarge.about(["\(rules.bytesMax)"]) }
        try await files.usage.requireRoom(for: least, of: owner, on: files.database)
    }

    // MARK: Reading

    private mutating func read() async throws {
        while let bytes = try await call.request.body.next() {
            guard files.clock.now < endsBy else { throw Failure.uploadTooSlow }
            if try await take(bytes) { return }
        }
        throw form.truncation
    }

    /// Whether the form is complete.
    private mutating func take(_ bytes: [UInt8]) async throws -> Bool {
        var index = 0
        while true {
            switch try form.next(bytes, &index) {
            case .more: return false
            case .end: return true
            case .fileBegins(let given):
                name = CleanName.of(given)
                try await files.ownership.require(at: files.clock.now)
                file = try await files.store.begin(
                    id, expecting: call.request.body.declaredLength ?? 0)
            case .fileBytes(let more):
                piece += more
                if piece.count >= Self.pieceBytes { try await write() }
            case .fileEnds(let kind):
                self.kind = kind
                try await write()
            }
        }
    }

    private mutating func write() async throws {
        guard let file, !piece.isEmpty else { return }
        let bytes = piece
        piece.removeAll(keepingCapacity: true)
        try await files.store.append(bytes, to: file)
    }

    // MARK: Keeping

    /// First in its place on the disk, then with a row: what is cut off between the two is an orphan.
    private func keep(heldBy holder: String?) async throws -> Upload {
        guard let file else { throw form.truncation }
        let digest = file.digest
        try await files.store.keep(file, as: id)
        do {
            return Upload(
                fields: form.fields, file: try await insert(digest, heldBy: holder))
        } catch {
            if !Self.mayHaveItsRow(error) { await files.store.delete([id]) }
            throw error
        }
    }

    /// Where the database was lost in the midst of it: the job finds out.
    private static func mayHaveItsRow(_ error: any Error) -> Bool {
        (error as? DatabaseError)?.code == .unknownOutcome
    }

    private func insert(_ digest: Digest, heldBy holder: String?) async throws -> StoredFile {
        let (files, id, owner, name, kind) = (files, id, owner, name, kind)
        let (bytes, now) = (form.bytes, files.clock.now)
        do {
            return try await files.database.transaction { transaction in
                try await files.usage.take(bytes, for: owner, in: transaction)
                let row = try await transaction.first(
                    StoredFile.insert, id, owner, holder, name, kind, bytes, digest, now,
                    holder == nil ? nil : now)
                guard let row else { throw Failure.unexpected }
                return row
            }
        } catch let error as DatabaseError where error.code == .foreignKey {
            // The user was deleted while he sent it.
            throw Failure.unauthorized.because(error)
        }
    }
}
