// The rules about what code may say.

/// Words that may not stand in code, and what to write instead.
struct BannedWords {
    let words: [String]
    let instead: String

    func violations(in file: SourceFile) -> [Violation] {
        guard let code = file.swift?.code else { return [] }
        return code.indices.flatMap { line in
            words.filter { file.uses($0, at: line) }
                .filter { _ in !file.givesReason(at: line) && !code[line].contains("using: &") }
                .prefix(1).map { file.violation(line, "\($0): \(instead)") }
        }
    }
}

extension Rule {
    /// Clock, randomness and threads come from one place each.
    static let nothingIsAmbient = Rule(
        "nothing is ambient",
        each: { file in
            // What measures, damages and proves runs in the world, and Ambient.swift is the place.
            let workshop = ["dev/", "bench-", "fuzz-"].map { "Sources/Executables/" + $0 }
            let isExempt = workshop.contains(where: file.path.hasPrefix)
            if isExempt || file.path == "Sources/Values/Ambient.swift" { return [] }
            // Tests may need a thread that is not the loop's.
            let banned = file.isTest ? ambient : ambient + [threads]
            return banned.flatMap { $0.violations(in: file) }
        })

    private static let ambient = [
        BannedWords(
            words: [
                "Date()", "Date.now", "ContinuousClock", "SuspendingClock", "clock_gettime",
                "gettimeofday", "DispatchTime", " .now", "(.now",
            ],
            instead: "take a Clock (Values/Ambient.swift), or the event loop's `now`"),
        BannedWords(
            words: [
                "SystemRandomNumberGenerator", "Int.random", "UInt8.random", "UInt64.random",
                "Double.random", "Bool.random", ".randomElement()", ".shuffled()", ".shuffle()",
                "UUID()", "getrandom", "arc4random",
            ],
            instead: "take a Randomness (Values/Ambient.swift); tests use a seed"),
        BannedWords(
            words: ["Task.sleep", "usleep", "nanosleep", "Thread.sleep"],
            instead: "use `loop.sleep`; a test moves its clock or waits for the event"),
    ]

    private static let threads = BannedWords(
        words: [
            "DispatchQueue", "DispatchGroup", "DispatchSemaphore", "DispatchSource",
            "Task.detached",
        ],
        instead: "use `loop.spawn`, or the BlockingPool for work that blocks")

    /// A trap takes every client's request with it.
    static let nothingTraps = Rule(
        "nothing traps",
        each: { file in
            BannedWords(
                words: ["try!", "as!", "fatalError"],
                instead: "throw, or say on the line why it cannot happen"
            ).violations(in: file)
                + (file.isProgram || file.isTest
                    ? []
                    : BannedWords(
                        words: ["print(", "debugPrint("], instead: "use the Logger"
                    ).violations(in: file))
        })

    static let uncheckedSaysWhy = Rule(
        "unchecked says why",
        each: { file in
            guard let code = file.swift?.code else { return [] }
            return code.indices.compactMap { line in
                guard code[line].contains("@unchecked Sendable") else { return nil }
                let start = declarationStart(of: line, in: code)
                let reasons = file.commentAbove(start)
                guard !reasons.contains(where: { $0.hasPrefix("Safe because") }) else { return nil }
                return file.violation(
                    line, "put a comment above that starts \"Safe because\", or make it Sendable")
            }
        })

    /// A conformance may stand on a line below the declaration's first.
    private static func declarationStart(of line: Int, in code: [String]) -> Int {
        let kinds = ["class ", "struct ", "enum ", "extension ", "actor "]
        return (max(0, line - 3)...line).last { index in
            kinds.contains { code[index].contains($0) }
        } ?? line
    }

    /// A name says what a thing is, not that it does something with something.
    static let namesSayWhat = Rule(
        "names say what",
        each: { file in
            guard file.isSource || file.isTest else { return [] }
            let endings = ["Manager", "Helper", "Helpers", "DTO", "Utils", "Utilities", "Entity"]
            let types = file.declarations.compactMap { declaration -> Violation? in
                guard endings.contains(where: declaration.name.hasSuffix) else { return nil }
                return file.violation(
                    declaration.line, "\(declaration.name): name the thing itself (style: Naming)")
            }
            let folders = ["Utils", "Utilities", "Helpers", "Managers", "Common", "Misc", "Shared"]
            let isLost = file.folders.contains { folders.contains(String($0)) }
            return isLost
                ? types + [file.violation(0, "a folder is a feature or a part of one")] : types
        })

    static let workHasAnIssue = Rule(
        "work to do has an issue",
        each: { file in
            let (later, now) = ("TO" + "DO", "FIX" + "ME")
            guard !file.path.hasSuffix(".md"), !file.path.contains("Tidy") else { return [] }
            return file.lines.indices.compactMap { line in
                if file.lines[line].contains(now) {
                    return file.violation(line, "\(now): fix it before it lands")
                }
                guard file.lines[line].contains(later), !file.lines[line].contains(later + "(#")
                else { return nil }
                return file.violation(line, "write \(later)(#number), or do it")
            }
        })

    static let packageTypesAreDocumented = Rule(
        "package types are documented",
        each: { file in
            guard file.isSource, !file.isProgram else { return [] }
            return file.declarations.compactMap { declaration in
                guard declaration.isPackage, !file.isDocumented(declaration.line) else {
                    return nil
                }
                return file.violation(
                    declaration.line,
                    "\(declaration.name): say in a `///` comment what it is for and what can go wrong"
                )
            }
        })

    static let noMachinePaths = Rule(
        "no paths of a machine",
        each: { file in
            let roots = ["wo" + "rk", "ro" + "ot", "ho" + "me"].map { "/\($0)/" }
            return file.lines.indices.compactMap { line in
                guard roots.contains(where: file.lines[line].contains) else { return nil }
                return file.violation(line, "a path of one machine: make it relative or a setting")
            }
        })
}
