import API
import Coding
import Identity
import Logs
import SQL
import Values

extension Invocation {
    /// Opens the program for a command's short work, beside a server that may run, and closes it.
    /// What the program refuses is told.
    func onServer(_ body: (Server) async throws -> Void) async throws -> Int32 {
        try await withServer { server in
            do {
                try await body(server)
                return 0
            } catch let refusal as Failure {
                throw StartFailure("That was refused: \(refusal.kind).")
            }
        }
    }

    func require(_ option: String) throws(UsageMistake) -> String {
        guard let value = self[option] else {
            throw UsageMistake("\(command.name) \(choice ?? "") needs \(option)")
        }
        return value
    }

    /// A value of an option, or a mistake that names the option.
    func value<Value>(
        _ option: String, _ text: String, _ make: (String) throws -> Value
    ) throws(UsageMistake) -> Value {
        do {
            return try make(text)
        } catch let problem as Invalid {
            throw UsageMistake("\(option) \(SettingsWords.of(problem))")
        } catch {
            throw UsageMistake("\(option) cannot be read")
        }
    }

    /// Writes one line of JSON with `--json`, else the text.
    func show(_ json: JSON, _ text: [String]) {
        if has("--json") {
            environment.write(json.description)
        } else {
            for line in text { environment.write(line) }
        }
    }

    /// The user whom an option names by his address.
    func user(_ option: String, on server: Server) async throws -> User {
        let text = try require(option)
        let email = try value(option, text) { try EmailAddress($0) }
        guard let found = try await server.database.first(User.findByEmail, email) else {
            throw StartFailure("There is no user \(email).")
        }
        return found.user
    }
}

extension CommandOption {
    static let json = CommandOption(name: "--json", help: "As JSON, for programs.")
}
