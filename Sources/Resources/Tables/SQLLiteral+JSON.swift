import Coding
import SQL

extension SQLLiteral {
    /// A default; nil for what none can be, which the declaration's check refuses.
    init?(_ value: JSON, for type: FieldType) {
        switch (type, value) {
        case (.boolean, .boolean(let value)): self.init(value)
        case (.integer, .integer(let number)): self.init(number)
        case (.integer, .number(let number)):
            guard let whole = Int64(exactly: number) else { return nil }
            self.init(whole)
        case (.number, .integer), (.number, .number):
            guard let number = value.asNumber, let literal = try? SQLLiteral(number) else {
                return nil
            }
            self = literal
        case (_, .string(let text)):
            guard let literal = try? SQLLiteral(text) else { return nil }
            self = literal
        default: return nil
        }
    }
}
