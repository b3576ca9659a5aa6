import Testing
import Values

@testable import Server

@Suite struct ArgumentParserTests {
    private func parse(_ words: String) throws -> ArgumentParser.Wish {
        try ArgumentParser(commands: Tool.commands, environment: Transcript().environment)
            .parse(words.split(separator: " ").map(String.init))
    }

    private func invocation(_ words: String) throws -> Invocation {
        guard case .run(let invocation) = try parse(words) else {
            throw UsageMistake("this is no command to run")
        }
        return invocation
    }

    @Test func `an option's value stands behind it or after a sign`() throws {
        let invocation = try invocation("serve --data=/x=y --http :1 --http=:2 --set a.b=c")
        #expect(invocation["--data"] == "/x=y")
        #expect(invocation.options.filter { $0.name == "--http" }.map(\.value) == [":1", ":2"])
        #expect(invocation["--set"] == "a.b=c")
        #expect(invocation["--config"] == nil)
    }

    @Test func `a choice may stand before or after options`() throws {
        #expect(try invocation("migrate down --yes").choice == "down")
        let invocation = try invocation("migrate --steps 2 down --yes")
        #expect(invocation.choice == "down")
        #expect(invocation.has("--yes"))
    }

    @Test(arguments: ["", "help", "-h", "--help"])
    func `help is not hard to find`(words: String) throws {
        guard case .help(nil) = try parse(words) else {
            Issue.record("this should be help")
            return
        }
    }

    @Test(arguments: ["help serve", "serve -h", "serve --data x --help", "--help serve"])
    func `a command explains itself`(words: String) throws {
        guard case .help(let command?) = try parse(words) else {
            Issue.record("this should be help about a command")
            return
        }
        #expect(command.name == "serve")
    }

    @Test(arguments: [
        ("serv", "there is no command serv; did you mean serve?"),
        ("frobnicate", "there is no command frobnicate"),
        ("serve --htp :1", "serve has no option --htp; did you mean --http?"),
        ("serve --http", "--http needs a value: --http HOST:PORT"),
        ("serve --http --data x", "--http needs a value: --http HOST:PORT"),
        ("migrate up --yes=1", "--yes takes no value"),
        ("migrate", "migrate needs one of up, down, status"),
        ("migrate dwn", "migrate does not know what to do with dwn; did you mean down?"),
        ("migrate up down", "migrate does not know what to do with down"),
        ("serve x", "serve does not know what to do with x"),
        ("--http :1", "write the command first: atrium serve --http :1"),
    ])
    func `a mistake says what was meant`(words: String, message: String) {
        let mistake = #expect(throws: UsageMistake.self) { try parse(words) }
        #expect(mistake?.description.hasPrefix(message) == true, "\(mistake?.description ?? "")")
    }
}
