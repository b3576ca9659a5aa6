import API

extension Command {
    static let routes = Command(
        name: "routes", summary: "List what is served: method, path, surface, who may call.",
        options: SettingsOptions.all
    ) { invocation in
        let program = try Blueprint.program(try invocation.loadSettings().settings)
        let rows = program.mount.routes.map { route in
            [
                route.route.method.name, route.path, route.surface.name,
                route.route.schemes.map(\.name).joined(separator: ","), route.route.summary,
            ]
        }
        for line in TextTable.lines(rows) { invocation.environment.write(line) }
        return 0
    }

    static let openAPI = Command(
        name: "openapi", summary: "Print the API's OpenAPI 3.1 document.",
        options: [
            CommandOption(name: "--out", value: "FILE", help: "Write it there instead.")
        ] + SettingsOptions.all
    ) { invocation in
        let program = try Blueprint.program(try invocation.loadSettings().settings)
        let text = String(decoding: try program.system.documentBytes(), as: UTF8.self)
        if let path = invocation["--out"] {
            try TextFile.write(text + "\n", to: path)
        } else {
            invocation.environment.write(text)
        }
        return 0
    }
}

/// Columns for people to read.
enum TextTable {
    static func lines(_ rows: [[String]]) -> [String] {
        let widths = rows.first?.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        guard let widths else { return [] }
        return rows.map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
