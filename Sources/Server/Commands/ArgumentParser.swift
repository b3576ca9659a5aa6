import Values

/// Understands what was written after the program's name. Options may stand anywhere after the
/// command, as `--name VALUE` or `--name=VALUE`.
struct ArgumentParser {
    enum Wish {
        case run(Invocation)
        /// About one command, or about all.
        case help(Command?)
        case version
    }

    let commands: [Command]
    let environment: CommandEnvironment

    func parse(_ words: [String]) throws(UsageMistake) -> Wish {
        let wantsHelp = words.prefix { $0 != "--" }.contains { $0 == "-h" || $0 == "--help" }
        guard let first = words.first(where: { $0 != "-h" && $0 != "--help" }) else {
            return .help(nil)
        }
        switch first {
        case "help":
            let rest = words.drop { $0 != "help" }.dropFirst().first { !$0.hasPrefix("-") }
            guard let rest else { return .help(nil) }
            return .help(try command(rest))
        case "version", "--version", "-v", "-V": return wantsHelp ? .help(nil) : .version
        case _ where first.hasPrefix("-"):
            throw UsageMistake(
                "write the command first: atrium serve \(words.joined(separator: " "))")
        default: break
        }
        let command = try command(first)
        if wantsHelp { return .help(command) }
        return .run(try invocation(command, words.dropFirst()))
    }

    private func command(_ name: String) throws(UsageMistake) -> Command {
        if let command = commands.first(where: { $0.name == name }) { return command }
        let names = commands.map(\.name) + ["help", "version"]
        let suggestion = Suggestion.text(for: name, among: names)
        throw UsageMistake("there is no command \(name)" + suggestion)
    }

    private func invocation(
        _ command: Command, _ words: ArraySlice<String>
    ) throws(UsageMistake) -> Invocation {
        var invocation = Invocation(command: command, environment: environment)
        var rest = words
        var areOptionsOver = false
        while let word = rest.popFirst() {
            if word == "--", !areOptionsOver {
                areOptionsOver = true
            } else if word.hasPrefix("-"), word != "-", !areOptionsOver {
                invocation.options.append(try option(word, &rest, command))
            } else {
                try choose(word, &invocation)
            }
        }
        if !command.choices.isEmpty, invocation.choice == nil {
            let choices = command.choices.joined(separator: ", ")
            throw UsageMistake("\(command.name) needs one of \(choices)")
        }
        try requireOperand(invocation)
        return invocation
    }

    private func requireOperand(_ invocation: Invocation) throws(UsageMistake) {
        guard let choice = invocation.choice, invocation.operand == nil,
            let operand = invocation.command.operands[choice]
        else { return }
        throw UsageMistake("it is \(invocation.command.name) \(choice) \(operand)")
    }

    private func option(
        _ word: String, _ rest: inout ArraySlice<String>, _ command: Command
    ) throws(UsageMistake) -> (name: String, value: String) {
        let name = String(word.prefix { $0 != "=" })
        guard let option = command.options.first(where: { $0.name == name }) else {
            let names = command.options.map(\.name) + ["--help"]
            let suggestion = Suggestion.text(for: name, among: names)
            throw UsageMistake("\(command.name) has no option \(name)" + suggestion)
        }
        let attached = name.endIndex < word.endIndex ? word[name.endIndex...].dropFirst() : nil
        guard let placeholder = option.value else {
            guard attached == nil else { throw UsageMistake("\(name) takes no value") }
            return (name, "")
        }
        if let attached { return (name, String(attached)) }
        guard let next = rest.first, !next.hasPrefix("--") else {
            throw UsageMistake("\(name) needs a value: \(name) \(placeholder)")
        }
        rest.removeFirst()
        return (name, next)
    }

    private func choose(_ word: String, _ invocation: inout Invocation) throws(UsageMistake) {
        let command = invocation.command
        if let choice = invocation.choice, invocation.operand == nil,
            command.operands[choice] != nil
        {
            invocation.operand = word
            return
        }
        guard command.choices.contains(word), invocation.choice == nil else {
            let suggestion = Suggestion.text(for: word, among: command.choices)
            throw UsageMistake("\(command.name) does not know what to do with \(word)" + suggestion)
        }
        invocation.choice = word
    }
}
