// Compares the JSON coder with Foundation's, side by side in one process.
// `swift run -c release bench-json [part of a title]`

import Coding
import Foundation
import Values

struct Bench {
    let only = CommandLine.arguments.dropFirst().first
    let decoder = JSONDecoder()
    let encoder = JSONEncoder()

    func run() throws {
        encoder.dateEncodingStrategy = .iso8601
        let login = Array(Samples.login.utf8)
        let profile = Array(Samples.profile.utf8)
        let rows = try JSONCoder.encode(Samples.rows)
        try decode("login", Login.self, login) { keep(try JSONCoder.read(Login.self, from: login)) }
        try decode("profile", Profile.self, profile) {
            keep(try JSONCoder.read(Profile.self, from: profile))
        }
        let member = Array(Samples.member.utf8)
        try decode("values with rules", Member.self, member) {
            keep(try JSONCoder.read(Member.self, from: member))
        }
        try decode("rows", [Row].self, rows) {
            keep(try JSONCoder.read([FastRow].self, from: rows))
        }
        let instant = Instant(microseconds: 1_793_787_382_125_000)
        let fast = FastSignedIn(signedIn: Samples.signedIn(instant))
        try encode(
            "session and user", Samples.signedIn(Date(timeIntervalSince1970: 1_793_787_382.125)),
            Samples.signedIn(instant), fast)
        try encode("rows", Samples.rows, Samples.rows, Samples.rows.map(FastRow.init))
        try encode("error", Samples.error, Samples.error, FastErrorBody(body: Samples.error))
    }

    private func decode<Value: Codable & Equatable>(
        _ name: String, _ type: Value.Type, _ bytes: [UInt8], fast: @escaping () throws -> Void
    ) throws {
        let title = "decode \(name), \(bytes.count) B"
        guard only.map({ title.contains($0) }) ?? true else { return }
        let data = Data(bytes)
        let input = Input(body: .json(bytes))
        let value = try decoder.decode(type, from: data)
        guard try JSONCoder.decode(type, from: bytes) == value,
            try InputReader.read(type, from: input) == value
        else { throw Difference(name: title) }
        try compare(
            title,
            [
                Contender("Foundation") { keep(try decoder.decode(type, from: data)) },
                Contender("Codable") { keep(try JSONCoder.decode(type, from: bytes)) },
                Contender("Codable, collecting errors") {
                    keep(try InputReader.read(type, from: input))
                },
                Contender("JSONReadable", fast),
                Contender("tree") { keep(try JSON(parsing: bytes)) },
            ])
    }

    private func encode<Theirs: Encodable, Ours: Encodable, Fast: JSONWritable>(
        _ name: String, _ theirs: Theirs, _ ours: Ours, _ fast: Fast
    ) throws {
        let bytes = try JSONCoder.encode(ours)
        let title = "encode \(name), \(bytes.count) B"
        guard only.map({ title.contains($0) }) ?? true else { return }
        guard try JSONCoder.write(fast) == bytes else { throw Difference(name: title) }
        try compare(
            title,
            [
                Contender("Foundation") { keep(try encoder.encode(theirs)) },
                Contender("Codable") { keep(try JSONCoder.encode(ours)) },
                Contender("JSONWritable") { keep(try JSONCoder.write(fast)) },
            ])
    }
}

/// Two ways that should give the same did not.
struct Difference: Error {
    let name: String
}

try Bench().run()
