// The rules about who may know whom.

extension Rule {
    static let arrowsPointDown = Rule(
        "arrows point down",
        all: { clone in
            clone.manifest.targets.flatMap { target in
                target.dependencies.compactMap { name in
                    guard let used = clone.manifest.target(named: name) else { return nil }
                    guard used.layer > target.layer else { return nil }
                    return manifest(
                        target,
                        """
                        \(target.name) (layer \(target.layer)) uses \(name) (layer \(used.layer)): move what \
                        they share down, or declare a protocol below that \(name) implements
                        """)
                }
            }
        })

    /// SwiftPM lets a file import what only a dependency of a dependency declares.
    static let importsAreDeclared = Rule(
        "imports are declared",
        all: { clone in
            clone.files.flatMap { file -> [Violation] in
                guard let target = clone.target(of: file), file.swift != nil else { return [] }
                return file.imports.compactMap { line, module in
                    guard clone.manifest.target(named: module) != nil,
                        !target.dependencies.contains(module)
                    else { return nil }
                    return file.violation(
                        line, "\(target.name) imports \(module): name it in Package.swift if it may"
                    )
                }
            }
        })

    /// Start-up time and size: Foundation costs 8 MB and several milliseconds, whoever imports it.
    static let foundationHasAReason = Rule(
        "Foundation has a reason",
        all: { clone in
            clone.sources.flatMap { file -> [Violation] in
                guard let target = clone.target(of: file), !file.isProgram,
                    target.layer < Manifest.testSupport
                else { return [] }
                return file.imports.compactMap { line, module in
                    guard module == "Foundation", !file.givesReason(at: line),
                        file.commentAbove(line).isEmpty
                    else { return nil }
                    return file.violation(
                        line,
                        "the server does without Foundation: use Glibc, or say why at the import")
                }
            }
        })

    static let everyFileHasATarget = Rule(
        "every file has a target",
        all: { clone in
            (clone.sources + clone.tests).compactMap { file in
                guard clone.target(of: file) == nil else { return nil }
                return file.violation(0, "no target builds this file: declare one or remove it")
            }
        })

    /// The methods under SignIn know Identity, not each other.
    static let featuresKeepApart = Rule(
        "features keep apart",
        all: { clone in
            let features = Dictionary(
                grouping: clone.sources.filter {
                    $0.path.hasPrefix("Sources/SignIn/") && $0.folders.count > 2
                }
            ) { String($0.folders[2]) }
            return features.flatMap { feature, files -> [Violation] in
                let others = features.filter { $0.key != feature }.flatMap { other, files in
                    files.flatMap { file in
                        file.declarations.filter { !file.lines[$0.line].hasPrefix(" ") }.map {
                            ($0.name, other)
                        }
                    }
                }
                return files.flatMap { file in
                    others.compactMap { name, other in
                        guard let line = file.firstUse(of: name) else { return nil }
                        return file.violation(
                            line,
                            "\(feature) names \(name) of \(other): put what they share in Identity")
                    }
                }
            }
        })

    /// What turns bytes into events and events into actions does no work of its own.
    static let stateMachinesAreValues = Rule(
        "state machines are values",
        each: { file in
            let endings = ["StateMachine.swift", "ConnectionState.swift", "Parser.swift"]
            guard file.isSource, endings.contains(where: file.name.hasSuffix) else { return [] }
            return file.imports.compactMap { line, module in
                guard ["Glibc", "Foundation", "CLinux", "Loop", "CPostgres"].contains(module)
                else { return nil }
                return file.violation(
                    line, "a state machine imports \(module): return an action, let the shell do it"
                )
            }
        })

    private static func manifest(_ target: Manifest.Target, _ message: String) -> Violation {
        Violation(path: "Package.swift", line: target.line + 1, message: message)
    }
}
