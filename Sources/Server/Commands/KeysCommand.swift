import Coding
import Identity
import Resources
import Secrets
import Values

extension Command {
    static let keys = Command(
        name: "keys", summary: "List the keys that sign and encrypt, or rotate them.",
        choices: ["list", "rotate"],
        options: [CommandOption(name: "--json", help: "As JSON, for programs.")]
            + SettingsOptions.all
    ) { invocation in
        try await invocation.withServer { server in
            let command = KeysCommand(invocation: invocation, server: server)
            try await command.checkTables()
            if invocation.choice == "list" {
                try await command.list()
            } else {
                try await command.rotate()
            }
            return 0
        }
    }
}

private struct KeysCommand {
    let invocation: Invocation
    let server: Server

    private var environment: CommandEnvironment { invocation.environment }
    private var identity: Identity { server.program.identity }

    /// Personal data of resources is sealed, too: in tables that must be known, or keys would be
    /// given up that are still needed.
    func checkTables() async throws {
        let database = server.database
        let found = try await FoundTables.read(on: database.engine, database)
        let diff = server.program.resources.update.diff(from: found)
        guard !diff.isEmpty else { return }
        let names = diff.names.joined(separator: ", ")
        throw StartFailure(
            "The tables are not what the resources declare (\(names)), so what is sealed in them "
                + "cannot be found. Give the directory in which they are declared (--resources), "
                + "or run `atrium resources apply` first.")
    }

    func list() async throws {
        let now = environment.clock.now
        let signing = try await identity.signingKeys.list()
        let current = signing.first { $0.signsFrom <= now && $0.isKept(at: now) }?.id
        let counts = try await sealedValues()
        if invocation.has("--json") {
            let keys = signing.map { $0.json(at: now, current: current) }
            let sealed = counts.map { id, count -> JSON in
                ["id": .integer(Int64(id)), "values": .integer(Int64(count))]
            }
            let json: JSON = ["signing": .list(keys), "encryption": .list(sealed)]
            environment.write(json.description)
        } else {
            let rows = signing.map { key in
                [
                    "signing", key.id, key.algorithm, key.state(at: now, current: current),
                    key.signsFrom.description, key.retiresAt?.description ?? "-",
                ]
            }
            let sealed = counts.map { id, count in
                ["encryption", "\(id)", "AES-256-GCM", "\(count) values", "-", "-"]
            }
            for line in TextTable.lines(rows + sealed) { environment.write(line) }
        }
    }

    /// How many values each key of the ring, and each that is missing there, has sealed.
    private func sealedValues() async throws -> [(Keyring.KeyID, Int)] {
        var sums = Dictionary(
            uniqueKeysWithValues: server.parts.secrets.keyring.ids.map { ($0, 0) })
        for column in identity.sealedColumns + server.program.otherSealedColumns {
            sums.merge(try await column.count(in: server.database), uniquingKeysWith: +)
        }
        return sums.sorted { $0.key > $1.key }.map { ($0.key, $0.value) }
    }

    func rotate() async throws {
        let rotation = try await identity.rotateKeys(
            with: server.program.otherSealedColumns, at: environment.clock.now)
        if invocation.has("--json") {
            let json: JSON = [
                "signingKey": .string(rotation.signingKey),
                "signsFrom": .string(rotation.signsFrom.description),
                "resealed": .integer(Int64(rotation.resealed)),
            ]
            environment.write(json.description)
        } else {
            environment.write(
                "Made the signing key \(rotation.signingKey), which signs from "
                    + "\(rotation.signsFrom) on.")
            environment.write("Sealed \(rotation.resealed) values with the newest encryption key.")
        }
    }
}

extension SigningKeyDetails {
    fileprivate func isKept(at now: Instant) -> Bool { retiresAt.map { $0 > now } ?? true }

    fileprivate func state(at now: Instant, current: String?) -> String {
        if id == current { return "signs" }
        if !isKept(at: now) { return "retired" }
        return signsFrom > now ? "will sign" : "verifies"
    }

    fileprivate func json(at now: Instant, current: String?) -> JSON {
        [
            "id": .string(id), "algorithm": .string(algorithm),
            "state": .string(state(at: now, current: current)),
            "signsFrom": .string(signsFrom.description),
            "retiresAt": retiresAt.map { .string($0.description) } ?? .null,
        ]
    }
}
