import API
import Coding
import Identity
import Surfaces
import Values

extension V1 {
    /// A file as its owner sees it.
    struct StoredFileBody: Codable, Sendable, OperationOutput {
        static let outcome = "The file."

        let id: ID<StoredFile>
        let name: String
        let type: String
        let bytes: Int
        let sha256: String
        let usedBy: Nullable<String>
        let createdAt: Instant
        let url: String

        init(_ file: StoredFile, url: String) {
            id = file.id
            name = file.name
            type = file.kind.rawValue
            bytes = file.bytes
            sha256 = file.digest.hexadecimal
            usedBy = Nullable(file.holder == StoredFile.heldByUser ? nil : file.holder)
            createdAt = file.createdAt
            self.url = url
        }
    }

    /// A part of a user's files.
    struct FilesBody: Codable, Sendable, OperationOutput {
        static let outcome = "The files, newest first."

        let data: [StoredFileBody]
        let meta: FilesMeta
    }

    /// Which part of how many.
    struct FilesMeta: Codable, Sendable {
        let total: Int
        let page: Int
        let limit: Int
        let totalPages: Int
    }

    struct FilePage: Codable, Sendable {
        let page: Bounded<PageBounds>?
        let limit: PageSize?

        static let standard = 20

        /// Nobody reads further on.
        enum PageBounds: Bounds { static let range = 1...10_000 }
    }

    struct FileReference: Codable, Sendable {
        let id: ID<StoredFile>
    }

    struct FileContentReference: Codable, Sendable {
        let id: ID<StoredFile>
        let expires: Bounded<SecondsBounds>?
        let signature: String?

        /// To the year 9999.
        enum SecondsBounds: Bounds { static let range = 0...253_402_300_799 }
    }
}

extension V1.StoredFileBody: Explained {
    static let words: [String: MemberWords] = [
        "name": MemberWords("What its sender called it.", example: "engine.png"),
        "type": MemberWords("What its content says that it is.", example: "image/png"),
        "bytes": MemberWords("Its length.", example: 48_213),
        "sha256": MemberWords(
            "Of its content.",
            example: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
        "usedBy": MemberWords(
            "The app that uses it. Null for a file that is kept as it is.", example: "studio"),
        "url": MemberWords(
            "Where whoever has it reads the content, for an hour or two: a path of this server.",
            example: .string(FileExamples.url)),
    ]
}

extension V1.FilesMeta: Explained {
    static let words = [
        "total": MemberWords("All that there are, on other pages as well.", example: 1),
        "page": MemberWords("Which page this is, from 1.", example: 1),
        "limit": MemberWords("How many were asked for.", example: 20),
        "totalPages": MemberWords("How many pages there are.", example: 1),
    ]
}

extension V1.FileContentReference: Explained {
    static let words: [String: MemberWords] = [
        "expires": MemberWords("The end of a link, from its `url`.", example: 1_795_183_200),
        "signature": MemberWords(
            "What proves a link, from its `url`.", example: .string(FileExamples.signature)),
    ]
}

enum FileExamples {
    static let signature = "qL8mB3l6H6cJp3b0uYlGkOo3vRfZ0m8V5y0q2Jd1a9E"
    static let url =
        "/api/v1/files/018f2d4c-7b1a-7000-8000-5f1c9d27e0a1/content"
        + "?expires=1795183200&signature=\(signature)"
}
