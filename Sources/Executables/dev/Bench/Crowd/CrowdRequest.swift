import Measuring

/// What a user of the crowd asks for, and the class that S3-32 counts it to.
enum CrowdRequest: String, CaseIterable {
    case register, login, refresh, me
    case session = "get-session"

    var kind: ResponseClass {
        switch self {
        case .register, .login, .refresh: .auth
        case .me, .session: .detail
        }
    }

    /// What one user does over and over: two of eight requests hash a password.
    static let day: [CrowdRequest] = [
        .register, .me, .refresh, .me, .login, .session, .session, .me,
    ]
}
