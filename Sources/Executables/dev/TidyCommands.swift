import Foundation
import Tidy

extension Command {
    static let tidy = Command(
        name: "tidy",
        summary: "checks the rules of the house, then shows what stands out in size"
    ) { words in
        try Options(words).end()
        let clone = try Clone(root: ".")
        let broken = Rule.all.flatMap { $0.check(clone) }
        for violation in broken { say("\(violation)") }
        showSizes(SizeReport(clone))
        if !broken.isEmpty { throw Problem("\(broken.count) broken rules") }
    }

    static let requirements = Command(
        name: "requirements",
        summary: "writes into docs/requirements.md which tests name which line"
    ) { words in
        try Options(words).end()
        let table = RequirementsTable(try Clone(root: "."))
        try table.updated.write(
            toFile: RequirementsTable.path, atomically: true, encoding: .utf8)
        let (all, unproven) = table.summary
        say("requirements named by a test: \(all - unproven.count) of \(all)")
        if !unproven.isEmpty { say("not yet: " + unproven.joined(separator: " ")) }
    }

    /// Beside the examples of well-kept Swift servers: functions with a median of 5 to 7 lines and a
    /// 95th percentile of 27 to 51, files of 70 to 230 and about 400.
    private static func showSizes(_ report: SizeReport) {
        for (name, entries, length) in [
            ("files", report.files, 400), ("functions", report.functions, 50),
        ] {
            let median = SizeReport.quantile(0.5, of: entries)
            let tail = SizeReport.quantile(0.95, of: entries)
            say("\(entries.count) \(name): median \(median) lines, 95 % below \(tail)")
            for entry in entries.filter({ $0.lines > length }).prefix(20) {
                say("  \("\(entry.lines)".aligned(to: 5))  \(entry.place)")
            }
        }
    }
}
