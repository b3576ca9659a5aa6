import CLinux
import Glibc
import Resources

/// The directory in which resources are declared.
struct ResourceDirectory: Sendable {
    static let migrationsName = "migrations"
    static let seedName = "seed"
    static let filesMax = 1000

    let path: DirectoryPath

    private var migrationsPath: String { path.file(Self.migrationsName) }

    private static let endings = [".json5", ".json"]

    /// What declares resources: `*.json5` and `*.json`.
    func declarations() throws(DeclarationMistakes) -> [DeclarationFile] {
        let names = try names(in: path.text, endings: Self.endings)
        return try read(names, in: path.text, place: "")
    }

    /// None where the directory of migrations is missing.
    func migrations() throws(DeclarationMistakes) -> [DeclarationFile] {
        guard access(migrationsPath, F_OK) == 0 else { return [] }
        let names = try names(in: migrationsPath, endings: [".sql"])
        return try read(names, in: migrationsPath, place: Self.migrationsName + "/")
    }

    /// What shall be there to begin with; none where the directory of seeds is missing.
    func seeds() throws(DeclarationMistakes) -> [DeclarationFile] {
        let directory = path.file(Self.seedName)
        guard access(directory, F_OK) == 0 else { return [] }
        let names = try names(in: directory, endings: Self.endings)
        return try read(names, in: directory, place: Self.seedName + "/")
    }

    /// Writes a migration as a whole or not at all, never over another.
    func write(_ file: MigrationFile) throws(StartFailure) {
        if mkdir(migrationsPath, 0o777) != 0, linux_errno() != EEXIST {
            throw StartFailure("\(migrationsPath) cannot be made: \(Self.systemError())")
        }
        let place = place(of: file)
        let draft = place + ".new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            throw StartFailure("\(draft) cannot be written: \(Self.systemError())")
        }
        let isWritten = Self.writeAll(Array(file.text.utf8), to: descriptor)
        let error = Self.systemError()
        close(descriptor)
        // A link is made only where there is nothing of that name.
        guard isWritten, link(draft, place) == 0 else {
            let reason = isWritten ? Self.systemError() : error
            unlink(draft)
            throw StartFailure("\(place) cannot be written: \(reason)")
        }
        unlink(draft)
    }

    func remove(_ file: MigrationFile) { unlink(place(of: file)) }

    func place(of file: MigrationFile) -> String { migrationsPath + "/" + file.fileName }

    // MARK: The disk

    private func names(
        in directory: String, endings: [String]
    ) throws(DeclarationMistakes) -> [String] {
        guard let stream = opendir(directory) else {
            throw Self.mistake(directory, "cannot be read: " + Self.systemError())
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix("."), endings.contains(where: name.hasSuffix) else { continue }
            names.append(name)
        }
        guard names.count <= Self.filesMax else {
            throw Self.mistake(directory, "has more than \(Self.filesMax) files")
        }
        return names.sorted()
    }

    private func read(
        _ names: [String], in directory: String, place: String
    ) throws(DeclarationMistakes) -> [DeclarationFile] {
        var files: [DeclarationFile] = []
        for name in names {
            do {
                let bytes = try SettingsFile.read(directory + "/" + name)
                files.append(DeclarationFile(name, bytes))
            } catch {
                throw Self.mistake(place + name, error.reason)
            }
        }
        return files
    }

    private static func mistake(_ file: String, _ problem: String) -> DeclarationMistakes {
        DeclarationMistakes(list: [DeclarationMistake(file: file, path: "", problem)])
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if linux_errno() == EINTR { continue }
                return false
            }
            rest = rest.dropFirst(count)
        }
        return fsync(descriptor) == 0
    }

    private static func systemError() -> String { String(cString: strerror(linux_errno())) }
}
