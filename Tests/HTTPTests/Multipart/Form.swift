import HTTP
import Testing

/// A form as a parser found it, and how it ended.
struct Form: Equatable, Sendable {
    struct Part: Equatable, Sendable {
        let head: PartHead
        var data: [UInt8] = []
        var isComplete = false

        var text: String { String(decoding: data, as: UTF8.self) }
    }

    var parts: [Part] = []
    var isOver = false
    var problem: MultipartProblem?

    /// The parts of `bytes`, which come in pieces of the sizes that `size` gives.
    init(
        _ bytes: [UInt8], boundary: String = "b", limits: MultipartLimits = MultipartLimits(),
        size: () -> Int = { .max }
    ) throws {
        let type = try #require(MediaType("multipart/form-data; boundary=\(boundary)"))
        var parser = try MultipartParser(type, limits: limits)
        var start = 0
        while start < bytes.count {
            let end = start + min(bytes.count - start, max(1, size()))
            try feed(Array(bytes[start..<end]), to: &parser)
            start = end
        }
        problem = parser.problem
    }

    private mutating func feed(_ bytes: [UInt8], to parser: inout MultipartParser) throws {
        var index = 0
        while true {
            switch parser.next(bytes.span, &index) {
            case .more: return
            case .part(let head): parts.append(Part(head: head))
            case .data(let range): parts[parts.count - 1].data += bytes[range]
            case .held(let held): parts[parts.count - 1].data += held
            case .partEnd: parts[parts.count - 1].isComplete = true
            case .end:
                isOver = true
                return
            case .bad: return
            }
        }
    }

    init(_ text: String, limits: MultipartLimits = MultipartLimits()) throws {
        try self.init(Array(text.utf8), limits: limits)
    }
}

extension String {
    /// A part of a form with the boundary `b`.
    static func part(_ disposition: String, _ data: String, _ more: String = "") -> String {
        "--b\r\nContent-Disposition: form-data; \(disposition)\r\n\(more)\r\n\(data)\r\n"
    }
}
