import Foundation
import Glibc
import Measuring

extension Command {
    static let bench = Command(
        name: "bench",
        summary: """
            measures Atrium beside its peers: [--only ROW,…] [--quick] [--build] [--list] \
            [--json FILE] [--markdown]
            """
    ) { words in
        var options = Options(words)
        if options.flag("--list") { return BenchRun.list() }
        let run = BenchRun(
            only: try options.value("--only")?.split(separator: ",").map(String.init),
            isQuick: options.flag("--quick"), withBuild: options.flag("--build"),
            json: try options.value("--json"), writesPage: options.flag("--markdown"))
        try options.end()
        try await run.run()
    }
}

/// `make bench`: every row in turn, then the whole table.
struct BenchRun {
    let only: [String]?
    let isQuick: Bool
    let withBuild: Bool
    let json: String?
    let writesPage: Bool

    static let page = "docs/performance.md"

    static func list() {
        for row in BenchRow.all {
            say("  " + row.name.padded(to: 20) + row.what + (row.isOptional ? " (--build)" : ""))
        }
    }

    /// Ends with a problem only when a row could not run: a target that is missed is a result.
    func run() async throws {
        let rows = try chosenRows()
        try requireRelease()
        Interruption.prepare()
        let load = busyness()
        let bench = try Bench(seconds: isQuick ? 1 : 5, rounds: isQuick ? 1 : 3)
        defer { bench.remove() }
        var lines: [BenchLine] = []
        var failed: [String] = []
        for (index, row) in rows.enumerated() {
            say("[\(index + 1) of \(rows.count)] \(row.name): \(row.what)")
            do {
                lines += try await row.run(bench)
            } catch {
                try Interruption.check()
                failed.append("\(row.name): \(error)")
                complain("  could not run: \(error)")
            }
        }
        try show(BenchReport(date: date, machine: Machine.description, load: load, lines: lines))
        if !failed.isEmpty { throw Problem(failed.joined(separator: "; ")) }
    }

    private func chosenRows() throws -> [BenchRow] {
        guard let only else {
            return BenchRow.all.filter { (!$0.isOptional || withBuild) && $0.isHere }
        }
        return try only.map { name in
            guard let row = BenchRow.all.first(where: { $0.name == name }) else {
                throw Problem("there is no row \(name): see dev bench --list")
            }
            return row
        }
    }

    private func requireRelease() throws {
        #if DEBUG
            throw Problem("measures nothing in a debug build: use make bench")
        #endif
    }

    /// Says so when others use the machine: then the ratios lie. The load average alone would tell
    /// of the build before the run.
    private func busyness() -> String {
        let busy = Machine.busyShare(for: 2)
        var text = "the machine was \(Text.decimal(busy * 100, 0)) % busy before the run"
        if busy > 0.05 { text += ", so these ratios prove nothing" }
        say(text)
        return text + (isQuick ? " (quick)" : "")
    }

    private var date: String {
        let now = Date().ISO8601Format()
        return String(now.prefix(10))
    }

    private func show(_ report: BenchReport) throws {
        say("\n\(report.date), \(report.machine); \(report.load)\n")
        var table = TextTable(BenchLine.heads)
        for line in report.lines { table.add(line.cells) }
        table.show()
        if let json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try encoder.encode(report).write(to: URL(filePath: json))
        }
        if writesPage { try writePage(report) }
    }

    private func writePage(_ report: BenchReport) throws {
        guard let page = report.updating(TextFile.read(Self.page)) else {
            throw Problem("\(Self.page) has lost the marks around its table")
        }
        try TextFile.write(page, to: Self.page)
        say("\n\(Self.page) has this table now")
    }
}
