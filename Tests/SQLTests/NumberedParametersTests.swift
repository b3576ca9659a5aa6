import Testing

@testable import SQL

struct NumberedParametersTests {
    @Test(arguments: [
        ("SELECT $1, $2", "SELECT ?1, ?2"),
        ("SELECT $12 + -$3", "SELECT ?12 + -?3"),
        ("SELECT '$1', \"$1\", $1", "SELECT '$1', \"$1\", ?1"),
        ("SELECT 'it''s $1' || $1", "SELECT 'it''s $1' || ?1"),
        ("SELECT $1 -- not $2\n, $2", "SELECT ?1 -- not $2\n, ?2"),
        ("SELECT /* $1 ' */ $1", "SELECT /* $1 ' */ ?1"),
        ("SELECT a->>'$.b', $1", "SELECT a->>'$.b', ?1"),
        ("SELECT $name, $0", "SELECT $name, $0"),
        ("SELECT 'open $1", "SELECT 'open $1"),
        ("SELECT 'ü' || $1", "SELECT 'ü' || ?1"),
        ("SELECT $", "SELECT $"),
        ("", ""),
    ])
    func `dollars become question marks outside quotes and comments`(
        text: String, expected: String
    ) {
        #expect(StatementCore.numberedParameters(text) == expected)
    }
}
