import Fuzzing
import SVG
import SVGTesting

/// Makes drawings safe, and looks whether what comes out stays as it is when it is made safe again.
struct Fuzzer {
    /// A drawing that is not safe, or differs when made safe again.
    struct Finding: Error {
        let what: String
        let text: String
    }

    func round(_ text: String, _ run: inout FuzzRun) throws {
        run.count("documents")
        do {
            let safe = try SafeSVG(text, scope: "f")
            run.count("safe")
            if let what = safe.text.suspicion { throw Finding(what: what, text: text) }
            guard try SafeSVG(safe.text, scope: "f") == safe else {
                throw Finding(what: "made safe otherwise", text: text)
            }
        } catch let problem as SVGProblem {
            run.count("refused: \(problem)")
        }
    }
}
