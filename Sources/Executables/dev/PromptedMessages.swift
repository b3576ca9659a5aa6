import Coding
import ProviderTesting
import Synchronization

/// A Messages API that answers as the prompt of the icon says: `truncated` is cut off. That is how a
/// browser chooses what goes wrong.
final class PromptedMessages: Sendable {
    private let fake: FakeMessages

    init() throws {
        let once = Once()
        fake = try FakeMessages { body in
            let prompt = Self.prompt(of: body)
            if prompt == "overloaded once" { return once.isFirst ? .overloaded : .success }
            return Self.scripts[prompt] ?? .success
        }
    }

    var address: String { fake.address }

    private static let scripts: [String: MessageScript] = [
        "fenced": .fenced, "no drawing": .noDrawing, "malformed": .malformed,
        "truncated": .truncated, "refusal": .refusal, "unauthorized": .unauthorized,
        "limited": .limited(retryAfter: 20), "overloaded": .overloaded, "failing": .failing,
        "cut": .cut, "slow": .slow,
    ]

    /// The message's text is itself JSON, with what the user wrote as its description.
    private static func prompt(of body: JSON) -> String {
        let text = body["messages"]?[0]?["content"]?.asString ?? ""
        return (try? JSON(parsing: Array(text.utf8)))?["description"]?.asString ?? ""
    }

    private final class Once: Sendable {
        private let isOver = Atomic(false)

        var isFirst: Bool { !isOver.exchange(true, ordering: .relaxed) }
    }
}
