/// One step of the schema, up and down, in the words of both engines.
///
/// Plain SQL that uses no type of the program; never edited once released (a test compares
/// checksums). The id is `<group>/<0001>_<name>`: groups are independent chains.
package struct Migration: Sendable {
    /// The two directions in the words of one engine.
    package struct Script: Sendable {
        package let up: String
        package let down: String

        package init(up: StaticString, down: StaticString) {
            self.up = up.description
            self.down = down.description
        }

        /// For migrations that were written to files: texts that no compiler saw.
        package init(read up: String, down: String) {
            (self.up, self.down) = (up, down)
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

extension Migration {
    /// The group of the id `<group>/<0001>_<name>`.
    package var group: Substring { id.prefix { $0 != "/" } }

    /// Tells whether the text was edited: FNV-1a over the id and both directions, as hexadecimal.
    /// It finds mistakes, not attackers.
    package func checksum(for engine: Engine) -> String {
        let script = script(for: engine)
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for text in [id, script.up, script.down] {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            hash = hash &* 0x100_0000_01b3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
