import Coding
import Foundation
import Fuzzing
import Values

/// Reads texts in every way there is, and compares with Foundation's parser.
struct Fuzzer {
    /// A text on which two that should agree did not.
    struct Disagreement: Error {
        let what: String
        let text: String
    }

    func round(_ damaged: [UInt8], _ run: inout FuzzRun) throws {
        // A copy of exactly its size, so that the sanitizer sees a read past its end.
        let text = [UInt8](unsafeUninitializedCapacity: damaged.count) { buffer, count in
            count = buffer.initialize(fromContentsOf: damaged)
        }
        try compare(text, &run)
        readTypes(text)
        readTexts(text)
        run.count("texts")
    }

    private func compare(_ text: [UInt8], _ run: inout FuzzRun) throws {
        let theirs =
            (try? JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed)) != nil
        do {
            let tree = try JSON(parsing: text)
            run.count("accepted")
            if !theirs { throw disagreement("only we accept", text) }
            let printed = tree.bytes()
            guard try JSON(parsing: printed).bytes() == printed else {
                throw disagreement("printed otherwise", text)
            }
        } catch let error as JSONSyntaxError {
            run.count("refused")
            if theirs { try explain(error, text, &run) }
        }
    }

    /// Foundation takes more than RFC 8259 allows, in ways that are known.
    private func explain(
        _ error: JSONSyntaxError, _ text: [UInt8], _ run: inout FuzzRun
    ) throws {
        switch error.code {
        case .duplicateKey, .byteOrderMark, .tooDeep, .numberTooLong, .numberTooLarge,
            .loneSurrogate:
            run.count("only Foundation: \(error.code)")
        case .unexpected where Self.isTrailingComma(error.offset, text):
            run.count("only Foundation: trailing comma")
        case _ where text.contains(0):
            run.count("only Foundation: UTF-16 or UTF-32")
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
