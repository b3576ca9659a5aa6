import SQL
import Secrets
import Values

/// What is wrong with the chain. Numbers are those of `seq`.
package enum AuditProblem: Hashable, Sendable, CustomStringConvertible {
    /// The entry, or its place after the one before it, is not what was written.
    case changed(Int64)
    case missing(ClosedRange<Int64>)
    /// The chain's last hash is not that of its last entry.
    case wrongEnd(Int64)

    package var description: String {
        switch self {
        case .changed(let seq):
            "entry \(seq) has been changed, or does not follow the one before it"
        case .missing(let range):
            range.count == 1
                ? "entry \(range.lowerBound) is missing"
                : "entries \(range.lowerBound) to \(range.upperBound) are missing"
        case .wrongEnd(let seq): "the chain does not end with entry \(seq)"
        }
    }
}

/// What a look at the whole chain has found.
package struct AuditVerdict: Sendable {
    static let problemsMax = 100

    package fileprivate(set) var checked = 0
    /// Entries that have no place in the chain yet.
    package fileprivate(set) var waiting = 0
    /// The chain's end: who keeps this elsewhere can tell a new chain from this one.
    package fileprivate(set) var lastSeq: Int64 = 0
    package fileprivate(set) var lastHash = ""
    package fileprivate(set) var problems: [AuditProblem] = []

    package var isSound: Bool { problems.isEmpty }

    fileprivate mutating func add(_ problem: AuditProblem) {
        if problems.count < Self.problemsMax { problems.append(problem) }
    }
}

/// Goes through the chain from its anchor to its end, a page at a time.
struct AuditVerifier {
    private static let pageMax = 1000

    let database: any Database

    /// Starts over when entries were forgotten meanwhile.
    func run() async throws -> AuditVerdict {
        while true {
            let before = try await chain()
            let verdict = try await run(along: before)
            if try await chain().anchorSeq == before.anchorSeq { return verdict }
        }
    }

    private func chain() async throws -> AuditChain {
        guard let chain = try await database.first(AuditChain.find) else {
            throw DatabaseError(.decoding, "audit_chain has lost its row")
        }
        return chain
    }

    private func run(along chain: AuditChain) async throws -> AuditVerdict {
        var verdict = AuditVerdict()
        (verdict.lastSeq, verdict.lastHash) = (chain.lastSeq, chain.lastHash.digest.hexadecimal)
        verdict.waiting = try await database.first(AuditEntry.countUnlinked)?.value ?? 0
        var (seq, hash) = (chain.anchorSeq, chain.anchorHash)
        while seq < chain.lastSeq {
            let page = try await database.all(LinkedEntry.after, seq, Self.pageMax)
                .prefix { $0.seq <= chain.lastSeq }
            for linked in page {
                verdict.check(linked, after: seq, hash)
                (seq, hash) = (linked.seq, linked.hash)
            }
            if page.isEmpty { break }
        }
        if seq < chain.lastSeq {
            verdict.add(.missing(seq + 1...chain.lastSeq))
        } else if hash != chain.lastHash {
            verdict.add(.wrongEnd(seq))
        }
        return verdict
    }
}

extension AuditVerdict {
    /// After a gap the next entry cannot be checked against what came before it.
    fileprivate mutating func check(
        _ linked: LinkedEntry, after seq: Int64, _ hash: TokenHash
    ) {
        checked += 1
        if linked.seq > seq + 1 {
            add(.missing(seq + 1...linked.seq - 1))
        } else if linked.entry.hash(after: hash.digest, seq: linked.seq) != linked.hash.digest {
            add(.changed(linked.seq))
        }
    }
}
