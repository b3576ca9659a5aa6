import Values

/// What a new password must be (S3-16, C11). Never asked at sign-in: an old password stays good when
/// the rules change.
package struct PasswordPolicy: Hashable, Sendable {
    /// In Unicode characters, as JSON Schema counts: the API's document tells clients this number.
    package var minimumLength: Int
    package var maximumLength: Int
    /// One of A to Z.
    package var needsUppercase: Bool
    /// One of 0 to 9.
    package var needsNumber: Bool

    package init(
        minimumLength: Int = 8, maximumLength: Int = 128,
        needsUppercase: Bool = true, needsNumber: Bool = true
    ) {
        (self.minimumLength, self.maximumLength) = (minimumLength, maximumLength)
        (self.needsUppercase, self.needsNumber) = (needsUppercase, needsNumber)
    }

    /// S3's rules with better-auth's longest length: the default.
    package static let strict = PasswordPolicy()

    /// Length alone counts.
    package static let betterAuth = PasswordPolicy(needsUppercase: false, needsNumber: false)

    /// Each rule that the password breaks, in a fixed order; none when it is good.
    package func problems(of password: Secret<String>) -> [Invalid] {
        let length = password.exposed.unicodeScalars.count
        let bytes = password.exposed.utf8
        let isUppercase = UInt8(ascii: "A")...UInt8(ascii: "Z")
        let isNumber = UInt8(ascii: "0")...UInt8(ascii: "9")
        var problems: [Invalid] = []
        if length < minimumLength { problems.append(.tooShort(min: minimumLength)) }
        if length > maximumLength { problems.append(.tooLong(max: maximumLength)) }
        if needsUppercase, !bytes.contains(where: isUppercase.contains) {
            problems.append(.rule("password.uppercase"))
        }
        if needsNumber, !bytes.contains(where: isNumber.contains) {
            problems.append(.rule("password.number"))
        }
        return problems
    }
}
