import Coding
import Foundation
import Values

/// Damages texts, reads them in every way there is, and compares with Foundation's parser.
struct Fuzzer {
    /// A text on which two that should agree did not.
    struct Disagreement: Error {
        let what: String
        let text: String
    }

    private let seed: UInt64
    private var damage: Damage
    private var counts: [String: Int] = [:]

    init(seed: UInt64) {
        self.seed = seed
        damage = Damage(seed: seed)
    }

    mutating func run(seconds: Int) throws {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)  // The time is what the user gave.
        while clock.now < end {  // As above.
            for _ in 0..<500 { try round() }
        }
        let summary = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        print("seed \(seed):", summary.joined(separator: ", "))  // The result of the program.
    }

    private mutating func round() throws {
        // A copy of exactly its size, so that the sanitizer sees a read past its end.
        let damaged = damage.text()
        let text = [UInt8](unsafeUninitializedCapacity: damaged.count) { buffer, count in
            count = buffer.initialize(fromContentsOf: damaged)
        }
        try compare(text)
        readTypes(text)
        readTexts(text)
        counts["texts", default: 0] += 1
    }

    private mutating func compare(_ text: [UInt8]) throws {
        let theirs =
            (try? JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed)) != nil
        do {
            let tree = try JSON(parsing: text)
            counts["accepted", default: 0] += 1
            if !theirs { throw disagreement("only we accept", text) }
            let printed = tree.bytes()
            guard try JSON(parsing: printed).bytes() == printed else {
                throw disagreement("printed otherwise", text)
            }
        } catch let error as JSONSyntaxError {
            counts["refused", default: 0] += 1
            if theirs { try explain(error, text) }
        }
    }

    /// Foundation takes more than RFC 8259 allows, in ways that are known.
    private mutating func explain(_ error: JSONSyntaxError, _ text: [UInt8]) throws {
        switch error.code {
        case .duplicateKey, .byteOrderMark, .tooDeep, .numberTooLong, .numberTooLarge,
            .loneSurrogate:
            counts["only Foundation: \(error.code)", default: 0] += 1
        case .unexpected where Self.isTrailingComma(error.offset, text):
            counts["only Foundation: trailing comma", default: 0] += 1
        case _ where text.contains(0):
            counts["only Foundation: UTF-16 or UTF-32", default: 0] += 1
        default: throw disagreement("only Foundation accepts: \(error)", text)
        }
    }

    private static func isTrailingComma(_ offset: Int, _ text: [UInt8]) -> Bool {
        guard offset < text.count, "]}".utf8.contains(text[offset]) else { return false }
        return text[..<offset].last { !" \n\r\t".utf8.contains($0) } == UInt8(ascii: ",")
    }

    private func disagreement(_ what: String, _ text: [UInt8]) -> Disagreement {
        Disagreement(what: what, text: String(decoding: text, as: UTF8.self).debugDescription)
    }

    private func readTypes(_ text: [UInt8]) {
        let path = [(name: "id", text: "x"), (name: "email", text: "y")]
        for body in [Input.Body.json(text), .form(text)] {
            let input = Input(path: path, body: body)
            _ = try? InputReader.read(Sample.self, from: input, unknown: .refused)
            _ = try? InputReader.read(Sample.self, from: Input(body: body))
            _ = try? InputReader.read([Sample].self, from: Input(body: body))
            _ = try? InputReader.read([String: [JSON]].self, from: Input(body: body))
        }
        if let sample = try? JSONCoder.decode(Sample.self, from: text) {
            _ = try? JSONCoder.encode(sample)
        }
    }

    private func readTexts(_ text: [UInt8]) {
        let string = String(decoding: text, as: UTF8.self)
        _ = Base64.decode(string)
        _ = Base64URL.decode(string)
        _ = PercentEncoding.decode(string)
        _ = Instant(string)
    }
}

/// Something of every kind that is read.
struct Sample: Codable {
    struct Inner: Codable {
        var city: String?
        var scores: [Double]
        var samples: [Sample]?
    }

    enum Role: String, Codable, CaseIterable { case admin, member }

    var id: ID<Sample>
    var email: EmailAddress
    var role: Role?
    var age: Int8?
    var born: Instant?
    var tags: [String]?
    var inner: Inner?
    var note: Patch<String>
    var names: [String: Bool]?
    var data: JSON?
}
