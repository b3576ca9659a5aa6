import HTTPServer
import SQL

/// `--http HOST:PORT` or `--port PORT`, `--engine sqlite|postgres`, and `--idp URL` of the mock provider.
struct ConformanceOptions {
    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    var address = ListenAddress(host: "127.0.0.1", port: 4800)
    var engine = Engine.sqlite
    /// Where `MockProvider` is, or the `mockidp.mjs` of the recordings.
    var provider = "http://127.0.0.1:4790"

    init(_ words: [String]) throws(Mistake) {
        var words = words[...]
        while let option = words.popFirst() {
            guard let value = words.popFirst() else {
                throw Mistake(description: "\(option) needs a value")
            }
            try take(option, value)
        }
    }

    private mutating func take(_ option: String, _ value: String) throws(Mistake) {
        switch option {
        case "--http": address = try Self.read(value, ListenAddress.init)
        case "--port": address = try Self.read("127.0.0.1:" + value, ListenAddress.init)
        case "--engine": engine = try Self.read(value, Engine.init(rawValue:))
        case "--idp": provider = value
        default: throw Mistake(description: "there is no option \(option)")
        }
    }

    private static func read<Value>(
        _ text: String, _ read: (String) -> Value?
    ) throws(Mistake) -> Value {
        guard let value = read(text) else { throw Mistake(description: "\(text) is none") }
        return value
    }
}
