import Testing
import Values

@testable import SQL

struct RecordedColumnTests {
    private enum Colour: String, SQLValue, CaseIterable { case red, green }
    private enum Level: Int, SQLValue, CaseIterable { case low = 7 }

    private struct Everything: RowDecodable {
        init(row: inout Row) throws(DatabaseError) {
            _ = try row.next(Bool.self)
            _ = try row.next(Int.self)
            _ = try row.next(Double?.self)
            _ = try row.next(Colour.self)
            _ = try row.next(Level?.self)
            _ = try row.next(EmailAddress.self)
            _ = try row.next(ID<Everything>.self)
            _ = try row.next(Instant?.self)
            _ = try row.next(JSONText.self)
            _ = try row.next([UInt8].self)
        }
    }

    @Test func `a decoder tells what it reads`() {
        let columns = RecordedColumn.columns(of: Everything.self)
        #expect(
            columns.map(\.type) == [
                .boolean, .integer, .double, .text, .integer, .text, .uuid, .instant, .json, .bytes,
            ])
        #expect(
            columns.map(\.isNullable) == [
                false, false, true, false, true, false, false, true, false, false,
            ])
    }

    @Test func `no row has no columns`() {
        #expect(RecordedColumn.columns(of: NoRow.self).isEmpty)
    }
}
