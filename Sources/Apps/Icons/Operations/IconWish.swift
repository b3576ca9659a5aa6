import API
import Coding
import Identity
import SVG
import Surfaces
import Values

extension Icons {
    /// What somebody wants drawn.
    struct Wish: Codable, Sendable, Explained {
        let prompt: IconPrompt
        let intent: IconBrief.Intent?
        let colorMode: IconBrief.ColorMode?
        let variantCount: VariantCount?
        let referenceSvg: GivenSVG?
        let attachments: [Attachment]?

        static let words: [String: MemberWords] = [
            "prompt": "What to draw. Words for a draughtsman, not orders to a program.",
            "intent": "Whether a new icon is wanted, or a change of `referenceSvg`.",
            "colorMode": "What the icon will be seen on.",
            "variantCount": "How many drawings to choose from; 1 if nothing is said.",
            "referenceSvg": "The icon to change. Needed with `refine`.",
            "attachments": "Icons whose style is to be followed, 4 at most.",
        ]
    }

    /// An icon whose style is to be followed.
    struct Attachment: Codable, Sendable, Explained {
        let id: Title?
        let name: Title
        let svg: GivenSVG

        static let words: [String: MemberWords] = [
            "id": "The client's own name for it; nothing is done with it.",
            "name": "What it shows.",
        ]
    }

    static let attachmentsMax = 4
}

/// How many drawings are wanted.
typealias VariantCount = Bounded<VariantBounds>

/// One to as many as a generator draws at once.
enum VariantBounds: Bounds { static let range = 1...IconBrief.variantsMax }

extension Icons.Wish {
    /// The wish as a generator gets it. Throws all that is wrong with its drawings.
    func brief(_ policy: SVGPolicy) throws -> IconBrief {
        var brief = IconBrief(prompt: prompt.text)
        brief.intent = intent ?? .create
        brief.colorMode = colorMode ?? .dark
        brief.variantCount = variantCount?.value ?? 1
        var problems: [FieldError] = []
        if let referenceSvg {
            brief.reference = try referenceSvg.safe(
                "reference", policy, at: "referenceSvg", &problems)
        } else if brief.intent == .refine {
            problems.append(FieldError(path: "referenceSvg", problem: .missing(expected: .string)))
        }
        brief.attachments = try attachments(policy, &problems)
        guard problems.isEmpty else { throw InvalidInput(fields: problems) }
        return brief
    }

    private func attachments(
        _ policy: SVGPolicy, _ problems: inout [FieldError]
    ) throws -> [IconBrief.Attachment] {
        let given = attachments ?? []
        guard given.count <= Icons.attachmentsMax else {
            problems.append(FieldError(path: "attachments", problem: .rule("attachments.count")))
            return []
        }
        return try given.enumerated().compactMap { index, attachment in
            try attachment.svg.safe(
                "attachment\(index)", policy, at: "attachments[\(index)].svg", &problems
            ).map { IconBrief.Attachment(name: attachment.name.text, svg: $0) }
        }
    }
}

extension GivenSVG {
    /// Nil where it is no drawing, which becomes one of the problems.
    fileprivate func safe(
        _ scope: String, _ policy: SVGPolicy, at path: String, _ problems: inout [FieldError]
    ) throws -> SafeSVG? {
        do throws(SVGProblem) {
            return try SafeSVG(text, scope: scope, policy: policy)
        } catch {
            if error == .unavailable { throw Failure(error) }
            problems.append(FieldError(path: path, problem: error.asInvalid))
            return nil
        }
    }
}

extension SVGProblem {
    fileprivate var asInvalid: Invalid {
        switch self {
        case .tooLong(let max): .tooLong(max: max)
        case .notXML, .notSVG, .unavailable: .rule("svg.syntax")
        case .declares: .rule("svg.declares")
        case .tooDeep, .tooMany, .tooMuchToDraw: .rule("svg.size")
        case .empty: .rule("svg.empty")
        }
    }
}
