import SQL
import Testing

@testable import Resources

/// Which indexes lists need, by who may read.
struct RuleReachTests {
    @Test(arguments: [
        ("owner", [RuleReach.nothing, .own]), ("anyone", [.all]), ("signedIn", [.nothing, .all]),
        ("vip", [.nothing, .all]), ("owner or vip", [.nothing, .own, .all]),
        ("owner and vip", [.nothing, .own]), ("owner or anyone", [.all]),
        ("organization.role >= admin", [.nothing, .own]), ("not owner", [.all]),
        ("not anyone", [.nothing]), ("owner and anyone", [.nothing, .own]),
        ("signedIn and (owner or vip)", [.nothing, .own, .all]),
    ])
    func `how far a rule lets one look is known beforehand`(
        _ text: String, _ reaches: [RuleReach]
    ) throws {
        #expect(try RuleParser.parse(text).reaches == Set(reaches))
    }

    @Test(arguments: [
        ("owner", ["things_name_index: user_id name created_at id"]),
        ("anyone", ["things_name_list: name created_at id"]),
        (
            "owner or vip",
            [
                "things_name_index: user_id name created_at id",
                "things_name_list: name created_at id",
            ]
        ),
    ])
    func `lists have the indexes that their readers need`(
        _ rule: String, _ expected: [String]
    ) throws {
        var name = ResourceField("name", .text)
        name.length = 0...20
        var things = ResourceDeclaration("things", fields: [name])
        things.filter = ["name"]
        things.rules[.read] = try RuleParser.parse(rule)
        let catalog = try ResourceCatalog([things], predicates: ["vip"])
        let found = catalog.tables[0].indexes.filter { $0.columns.map(\.name).contains("name") }
        #expect(
            found.map { "\($0.name.name): \($0.columns.map(\.name).joined(separator: " "))" }
                == expected)
    }

    /// What refers to a row is looked up when the row goes: also rows that are deleted themselves.
    @Test(arguments: ResourceDeclaration.Deletion.allCases)
    func `every reference has an index of all rows`(
        _ deletion: ResourceDeclaration.Deletion
    ) throws {
        for owner in ResourceDeclaration.Owner.allCases {
            for rule in ["owner", "anyone", "signedIn"] where owner != .none || rule != "owner" {
                var parent = ResourceField("parent", .reference)
                parent.reference = .init("things")
                var things = ResourceDeclaration(
                    "things", owner: owner, deletion: deletion, fields: [parent])
                things.filter = ["parent"]
                things.rules[.read] = try RuleParser.parse(rule)
                let table = try ResourceCatalog([things]).tables[0]
                for column in table.columns where column.reference != nil {
                    #expect(
                        table.indexes.contains {
                            !$0.isOfLiving && $0.columns.first == column.name
                        },
                        "\(column.name.name) of \(owner), \(rule)")
                }
                let columns = table.indexes.filter { !$0.isOfLiving }.map(\.columns)
                #expect(Set(columns).count == columns.count)
            }
        }
    }
}
