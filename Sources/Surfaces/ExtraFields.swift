import API
import Coding
import Identity
import Values

/// What a request does with the fields that settings add.
package enum FieldAction: Sendable {
    case create, update
}

extension FieldSet {
    /// For V1 and Tokens: they stand in a member `fields`, where no member of ours can collide with
    /// them. Whatever is wrong with one is a field error.
    package func nested(_ action: FieldAction) -> ExtraMembers? {
        if isEmpty { return nil }
        return ExtraMembers(
            declarations.map { field in
                guard field.isInput else {
                    return ExtraMembers.Member(closed: field) { value, _ in
                        if value != nil { throw Invalid.rule("not.allowed") }
                        return nil
                    }
                }
                return ExtraMembers.Member(open: field, action) { throw field.missing }
            }, in: "fields")
    }

    /// For Compat, among the members of the body. What better-auth has codes for is a failure.
    package func flat(_ action: FieldAction) -> ExtraMembers? {
        if isEmpty { return nil }
        return ExtraMembers(
            declarations.map { field in
                guard field.isInput else {
                    return ExtraMembers.Member(closed: field) { value, _ in
                        try field.refuse(value, action)
                        return nil
                    }
                }
                return ExtraMembers.Member(open: field, action) {
                    throw Failure.missingField.about([field.name.text])
                }
            })
    }

    /// What operations that take them may throw on Compat.
    package var failures: [Failure] { isEmpty ? [] : [.fieldNotAllowed, .missingField] }
}

extension ExtraMembers.Member {
    /// One that clients set. `missing` throws where it is required and not there.
    fileprivate init(
        open field: FieldDeclaration, _ action: FieldAction,
        missing: @escaping @Sendable () throws -> Never
    ) {
        let isRequired = field.isRequired && field.default == nil && action == .create
        self.init(
            field.name.text, field.schema, example: field.example, isRequired: isRequired
        ) { value, isLoose in
            if let value { return try field.check(value, isLoose: isLoose) }
            if isRequired { try missing() }
            return nil
        }
    }

    /// One that clients cannot set.
    fileprivate init(closed field: FieldDeclaration, check: @escaping ExtraMembers.Check) {
        self.init(
            field.name.text, field.schema, example: field.example, isRefused: true, check: check)
    }
}

extension FieldDeclaration {
    fileprivate var missing: Invalid {
        do throws(Invalid) {
            _ = try check(.object([:]))
        } catch .wrongType(let expected, _) {
            return .missing(expected: expected)
        } catch {}
        return .missing(expected: .string)
    }

    /// As better-auth: one with a default is passed over at sign-up; a value that is nothing always is.
    fileprivate func refuse(_ value: JSON?, _ action: FieldAction) throws(Failure) {
        if action == .create, self.default != nil { return }
        switch value {
        case nil, .null?, .boolean(false)?, .integer(0)?, .number(0)?, .string("")?: return
        default: throw Failure.fieldNotAllowed.about([name.text])
        }
    }
}

extension Failure {
    /// Its detail is the field's name.
    package static let fieldNotAllowed = Failure("fieldNotAllowed")
    package static let missingField = Failure("missingField")
}
