/// One step of the schema, up and down, in the words of both engines.
///
/// Plain SQL that uses no type of the program; never edited once released (a test compares
/// checksums). The id is `<group>/<0001>_<name>`: groups are independent chains.
package struct Migration: Sendable {
    package struct Script: Sendable {
        package let up: String
        package let down: String

        package init(up: StaticString, down: StaticString) {
            self.up = up.description
            self.down = down.description
        }
    }

    package let id: String
    package let sqlite: Script
    package let postgres: Script

    package init(_ id: String, sqlite: Script, postgres: Script) {
        self.id = id
        self.sqlite = sqlite
        self.postgres = postgres
    }

    package func script(for engine: Engine) -> Script {
        switch engine {
        case .sqlite: sqlite
        case .postgres: postgres
        }
    }
}
