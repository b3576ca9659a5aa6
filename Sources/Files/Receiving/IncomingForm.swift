import API
import Coding
import HTTP
import Values

/// The texts and the beginning of the file of a form, as they come in: what can be judged of it without
/// a disk.
///
/// It says what to do with each piece; what is refused is refused at the first byte that shows it.
struct IncomingForm {
    /// What there is to do.
    enum Step {
        /// The form's bytes are used up.
        case more
        case fileBegins(name: String?)
        case fileBytes([UInt8])
        case fileEnds(MediaKind)
        case end
    }

    private enum Part {
        case none
        case field(String)
        case file
    }

    private let rules: UploadRules
    private var parser: MultipartParser
    private var part = Part.none
    private var text: [UInt8] = []
    private var beginning: [UInt8] = []
    private var kind: MediaKind?
    private var hasFile = false
    private(set) var fields: [String: String] = [:]
    private(set) var bytes = 0

    /// `type` is what the request says that its body is.
    init(_ type: MediaType?, _ rules: UploadRules) throws {
        guard let type, type.isSameType(as: .multipartForm) else {
            throw Failure.unsupportedMediaType.about(
                [type?.essence ?? "", MediaType.multipartForm.essence])
        }
        self.rules = rules
        do {
            parser = try MultipartParser(type, limits: rules.form)
        } catch {
            throw Failure(error)
        }
    }

    /// The next thing to do with the form's `bytes` from `index` on.
    mutating func next(_ bytes: [UInt8], _ index: inout Int) throws -> Step {
        while true {
            switch parser.next(bytes.span, &index) {
            case .more: return .more
            case .part(let head):
                if let step = try begin(head) { return step }
            case .data(let range):
                if let step = try take(bytes[range]) { return step }
            case .held(let held):
                if let step = try take(held[...]) { return step }
            case .partEnd:
                if let step = try endPart() { return step }
            case .end:
                guard hasFile else { throw missing }
                return .end
            case .bad(let problem): throw Failure(problem)
            }
        }
    }

    /// What is wrong with a form that ends here.
    var truncation: Failure { Failure(parser.problem ?? .truncated) }

    private var missing: InvalidInput {
        InvalidInput(fields: [
            FieldError(path: rules.fileField, problem: .missing(expected: .string))
        ])
    }

    // MARK: Parts

    private mutating func begin(_ head: PartHead) throws -> Step? {
        guard head.name != rules.fileField else {
            if hasFile { throw twice(head.name) }
            (hasFile, part) = (true, .file)
            return .fileBegins(name: head.filename)
        }
        let name = String(head.name.prefix(Self.nameMax))
        guard head.filename == nil else {
            throw InvalidInput(fields: [FieldError(path: name, problem: .unknown)])
        }
        if fields[head.name] != nil { throw twice(name) }
        (part, text) = (.field(head.name), [])
        return nil
    }

    /// Longer names of what is wrong are not repeated in full.
    private static let nameMax = 100

    private func twice(_ name: String) -> InvalidInput {
        InvalidInput(fields: [FieldError(path: name, problem: .rule("form.twice"))])
    }

    private mutating func take(_ data: ArraySlice<UInt8>) throws -> Step? {
        guard case .file = part else {
            text += data
            if text.count > rules.fieldBytesMax { throw Failure.bodyTooLarge }
            return nil
        }
        bytes += data.count
        if bytes > rules.bytesMax { throw Failure.fileTooLarge.about(["\(rules.bytesMax)"]) }
        if kind == nil {
            beginning += data.prefix(MediaKind.sniffedBytes - beginning.count)
            if beginning.count == MediaKind.sniffedBytes { try judge(isWhole: false) }
        }
        return .fileBytes(Array(data))
    }

    private mutating func judge(isWhole: Bool) throws {
        let kind = MediaKind(beginning: beginning, isWhole: isWhole)
        if let types = rules.types, !types.contains(kind) {
            throw Failure.fileTypeRefused.about([kind.rawValue] + types.map(\.rawValue).sorted())
        }
        self.kind = kind
    }

    private mutating func endPart() throws -> Step? {
        defer { part = .none }
        switch part {
        case .none: return nil
        case .file:
            if kind == nil { try judge(isWhole: true) }
            return .fileEnds(kind ?? .bytes)
        case .field(let name):
            guard let text = String(validating: text, as: UTF8.self) else {
                throw InvalidInput(fields: [FieldError(path: name, problem: .malformed(.text))])
            }
            fields[name] = text
            return nil
        }
    }
}

extension Failure {
    /// Why a form in parts is refused.
    fileprivate init(_ problem: MultipartProblem) {
        self =
            switch problem {
            case .noBoundary, .malformed, .truncated: .malformedBody
            case .tooManyParts, .headTooLarge: .bodyTooLarge
            }
        underlying = problem
    }
}
