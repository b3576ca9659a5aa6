import AtriumTesting
import Coding
import Loop
import Testing
import Values

/// Runs `body` `count` times at once, on all loops, and returns what each came to.
func race<Value: Sendable>(
    _ count: Int, _ client: TestClient, _ body: @escaping @Sendable (Int) async -> Value
) async -> [Value] {
    let tasks = (0..<count).map { index in
        client.server.loops.any.spawn { await body(index) }
    }
    var values: [Value] = []
    for task in tasks { values.append(await task.value) }
    return values
}

extension TestAnswer {
    /// V1's `{"error":{"code":…}}`.
    var v1Code: String? { json["error"]?["code"]?.asString }
    var v1Message: String? { json["error"]?["message"]?.asString }

    /// `path code: message` of each field error, on V1 and Tokens.
    var fieldErrors: [String] {
        let fields = json["error"]?["details"]?["fields"] ?? json["fields"]
        return (fields?.asList ?? []).map { field in
            let parts = ["path", "code", "message"].map { field[$0]?.asString ?? "?" }
            return "\(parts[0]) \(parts[1]): \(parts[2])"
        }
    }

    /// The code of Tokens and Compat.
    var code: String? { json["code"]?.asString }
    var message: String? { json["message"]?.asString }

    var accessToken: String? {
        (json["tokens"]?["accessToken"] ?? json["accessToken"])?.asString
    }
    var refreshToken: String? {
        (json["tokens"]?["refreshToken"] ?? json["refreshToken"])?.asString
    }
}

/// The members of an object in their order, for shapes that are promised as a whole.
func names(_ json: JSON?) -> [String] { json?.asObject?.names ?? [] }
