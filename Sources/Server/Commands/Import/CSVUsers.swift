import CLinux
import Coding
import Glibc
import Identity

/// The users of a CSV file. Its first line names the columns: `email`, and of `id`, `name`, `image`,
/// `password_hash`, `email_verified`, `created_at` those that there are, in any order.
struct CSVUsers: UserSource {
    private static let columns = [
        "email", "id", "name", "image", "password_hash", "email_verified", "created_at",
    ]

    private let file: ReadFile
    private var reader = CSVReader()
    private var header: [String]?
    private var waiting: ArraySlice<CSVReader.Record> = []
    private var isOver = false

    init(_ path: String) throws(StartFailure) {
        file = try ReadFile(path)
    }

    var progress: (done: Int, total: Int) { (file.position, file.byteCount) }

    mutating func next() throws -> [Result<ForeignUser, ImportRefusal>] {
        while waiting.count < UserImport.batchMax, !isOver { try readMore() }
        let records = waiting.prefix(UserImport.batchMax)
        waiting = waiting.dropFirst(records.count)
        return records.map(user)
    }

    private mutating func readMore() throws {
        do {
            let bytes = try file.next()
            if bytes.isEmpty {
                isOver = true
                if let last = try reader.end() { try add([last]) }
            } else {
                try add(try reader.read(bytes))
            }
        } catch let mistake as CSVMistake {
            throw StartFailure("\(file.path), \(mistake).")
        }
    }

    private mutating func add(_ records: [CSVReader.Record]) throws(StartFailure) {
        var records = records[...]
        if header == nil, let first = records.popFirst() { header = try Self.header(first) }
        waiting = waiting + records
    }

    private static func header(_ record: CSVReader.Record) throws(StartFailure) -> [String] {
        let names = record.fields.map { $0.lowercased() }
        for name in names where !columns.contains(name) {
            throw StartFailure(
                "The column \(name) means nothing here; there are "
                    + "\(columns.joined(separator: ", ")).")
        }
        guard names.contains("email"), Set(names).count == names.count else {
            throw StartFailure("The first line must name the columns, each once, with email.")
        }
        return names
    }

    private func user(_ record: CSVReader.Record) -> Result<ForeignUser, ImportRefusal> {
        let place = "line \(record.line)"
        guard let header, record.fields.count == header.count else {
            return .failure(ImportRefusal(place, .wrongFieldCount))
        }
        var user = ForeignUser(place: place, email: "")
        for (name, text) in zip(header, record.fields) {
            switch name {
            case "email": user.email = text
            case "id": user.id = text
            case "name": user.name = text
            case "image": user.image = text
            case "password_hash": user.passwordHash = text
            case "email_verified": user.emailVerified = text
            default: user.createdAt = text
            }
        }
        return .success(user)
    }
}

/// A file that is read from its beginning to its end.
final class ReadFile {
    private static let pieceBytes = 65_536

    let path: String
    let byteCount: Int
    private(set) var position = 0
    private let file: Int32

    init(_ path: String) throws(StartFailure) {
        self.path = path
        file = open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard file >= 0, fstat(file, &status) == 0 else { throw Self.failure(path) }
        byteCount = Int(status.st_size)
    }

    deinit { if file >= 0 { close(file) } }

    /// Empty at the end.
    func next() throws(StartFailure) -> [UInt8] {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.pieceBytes) { buffer, initialized in
            repeat {
                count = read(file, buffer.baseAddress, buffer.count)
            } while count < 0 && linux_errno() == EINTR
            initialized = max(0, count)
        }
        guard count >= 0 else { throw Self.failure(path) }
        position += count
        return bytes
    }

    private static func failure(_ path: String) -> StartFailure {
        StartFailure("\(path) cannot be read: \(String(cString: strerror(linux_errno()))).")
    }
}
