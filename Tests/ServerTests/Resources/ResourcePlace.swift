import DatabaseTesting
import Foundation
import Logs
import SQL
import SQLiteStore
import Synchronization
import Testing

@testable import Server

/// A directory of declarations with a database, as somebody has them who develops.
struct ResourcePlace {
    let command: CommandPlace
    let directory: String

    init(on engine: Engine) throws {
        command = try CommandPlace(on: engine)
        directory = command.directory + "/resources"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
    }

    /// Another database for the same declarations.
    init(on engine: Engine, of other: ResourcePlace) throws {
        command = try CommandPlace(on: engine)
        directory = other.directory
    }

    var options: [String] { command.options + ["--resources", directory] }

    func declare(_ text: String, as name: String = "things.json5") throws {
        try text.write(toFile: directory + "/" + name, atomically: true, encoding: .utf8)
    }

    var migrations: [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: directory + "/migrations")
        return (names ?? []).sorted()
    }

    /// Starts a server and stops it: why it does not start, and what it logs.
    func start(
        _ variables: [String: String] = [:]
    ) async -> (failure: String?, log: [String]) {
        var sources = SettingsSources()
        sources.variables = variables
        let url =
            command.database.engine == .sqlite
            ? "sqlite:" + command.database.location : command.database.location
        for (path, text) in [
            ("data", command.directory), ("database.url", url), ("resources", directory),
        ] { sources.flags.append(.init(path: path, text: text, name: "--set")) }
        let log = StartLog()
        do {
            let ambient = Ambient(
                clock: .system, randomness: .system,
                logger: Logger(level: .debug, format: .json, clock: .system, sink: log))
            let server = try await Server.open(try SettingsLoader.load(sources).settings, ambient)
            await server.close()
            return (nil, log.lines)
        } catch {
            return ("\(error)", log.lines)
        }
    }

    /// Runs SQL beside the program.
    func execute(_ sql: String) async throws {
        switch command.database.engine {
        case .postgres:
            let name = command.database.location.split(separator: "/")[1].prefix { $0 != "?" }
            try PostgresCluster.shared.run(sql, in: String(name))
        case .sqlite:
            let store = try SQLiteStore.open(path: command.database.location)
            try await store.transaction { try await $0.runScript(sql) }
            await store.close()
        }
    }

    /// The first column, which is text, of what a query finds.
    func texts(_ sql: StaticString) async throws -> [String] {
        switch command.database.engine {
        case .postgres:
            let name = command.database.location.split(separator: "/")[1].prefix { $0 != "?" }
            return try PostgresCluster.shared.run("\(sql)", in: String(name))
        case .sqlite:
            let store = try SQLiteStore.open(path: command.database.location)
            let found = try await store.all(Statement(.scan, sql, returns: Single<String>.self))
            await store.close()
            return found.map(\.value)
        }
    }

    func remove() { command.remove() }
}

/// What a start logs.
private final class StartLog: LogSink {
    private let text = Mutex<[String]>([])

    var lines: [String] { text.withLock { $0 } }

    func write(_ line: [UInt8]) {
        text.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
    }
}
