import API
import Coding
import Testing
import Values

@testable import Surfaces

/// The words of each surface for all that can be wrong with a field.
struct FieldWordsTests {
    private static let problems: [(problem: Invalid, v1: String, compat: String)] = [
        (
            .missing(expected: .string), "REQUIRED: Is required",
            "Invalid input: expected string, received undefined"
        ),
        (
            .wrongType(expected: .integer, received: .list),
            "WRONG_TYPE: Must be a whole number", "Invalid input: expected number, received array"
        ),
        (
            .tooShort(min: 2), "TOO_SHORT: Must be at least 2 characters",
            "Too small: expected string to have >=2 characters"
        ),
        (
            .tooLong(max: 9), "TOO_LONG: Must be at most 9 characters",
            "Too big: expected string to have <=9 characters"
        ),
        (
            .tooSmall(min: 1), "TOO_SMALL: Must be at least 1",
            "Too small: expected number to be >=1"
        ),
        (
            .tooBig(max: 1.5), "TOO_BIG: Must be at most 1.5",
            "Too big: expected number to be <=1.5"
        ),
        (
            .notOneOf(["a", "b"]), "NOT_ONE_OF: Must be one of: a, b",
            #"Invalid option: expected one of "a"|"b""#
        ),
        (
            .malformed(.email), "INVALID_FORMAT: Invalid email format", "Invalid email address"
        ),
        (.malformed(.url), "INVALID_FORMAT: Must be a valid url", "Invalid input"),
        (
            .malformed(.text), "INVALID_FORMAT: Must not have control characters",
            "Invalid input"
        ),
        (.unknown, "UNKNOWN_FIELD: Is not a field of this request", "Unrecognized key"),
        (
            .rule("password.uppercase"),
            "PASSWORD_UPPERCASE: Password must contain uppercase letter", "Invalid input"
        ),
        (.rule("x.other"), "X_OTHER: Is not allowed", "Invalid input"),
    ]

    @Test(arguments: problems.indices)
    func `each problem has its words`(index: Int) {
        let (problem, v1, compat) = Self.problems[index]
        let error = FieldError(path: "items[0].x", problem: problem)
        let field = FieldWords.v1(error)
        #expect(field.path == "items[0].x")
        #expect("\(field.code): \(field.message)" == v1)
        #expect(CompatWords.line(error) == "[body.items[0].x] " + compat)
    }

    @Test func `the whole input and the query have no path and another name`() {
        let whole = FieldError(path: "", problem: .wrongType(expected: .object, received: .null))
        #expect(
            CompatWords.line(whole) == "[body] Invalid input: expected object, received null")
        let query = FieldError(source: .query, path: "a", problem: .missing(expected: .id))
        #expect(
            CompatWords.line(query)
                == "[query.a] Invalid input: expected string, received undefined")
    }
}
