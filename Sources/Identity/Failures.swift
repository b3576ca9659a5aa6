import API

extension Failure {
    /// Unknown user and wrong password alike.
    package static let invalidCredentials = Failure("invalidCredentials")
    /// Shown only to who has given the right password.
    package static let userBanned = Failure("userBanned")
    package static let accountLocked = Failure("accountLocked")
    package static let emailTaken = Failure("emailTaken")
    /// The password of who is signed in, asked for once more.
    package static let wrongPassword = Failure("wrongPassword")
    /// The user signs in another way.
    package static let noPassword = Failure("noPassword")
    /// The caller signed in too long ago for what he asks.
    package static let sessionNotFresh = Failure("sessionNotFresh")
    /// Nobody signs in by password here.
    package static let passwordsOff = Failure("passwordsOff")
    package static let signUpClosed = Failure("signUpClosed")
    package static let invalidRefreshToken = Failure("invalidRefreshToken")
    /// The token or code of a mail that is used, expired or unknown.
    package static let invalidToken = Failure("invalidToken")
    /// Shown only to who has given the right password.
    package static let emailNotVerified = Failure("emailNotVerified")
    /// A request that carries a cookie and comes from a page of somebody else's.
    package static let untrustedOrigin = Failure("untrustedOrigin")
    /// An organization always has an owner. The details are the organizations that would have none.
    package static let lastOwner = Failure("lastOwner")
}
