import API
import Coding
import Identity
import Surfaces

/// Where a browser goes on that comes back from a provider.
struct CompatReturn: Sendable {
    private let success: String
    private let newUser: String?
    private let failure: String

    /// Where nothing is known of who began.
    init(baseURL: String) {
        (success, newUser, failure) = (baseURL, nil, baseURL + "/api/auth/error")
    }

    init(_ wish: Compat.ProviderWish, baseURL: String) {
        success = wish.callbackURL ?? baseURL
        newUser = wish.newUserCallbackURL
        failure = wish.errorCallbackURL ?? baseURL + "/api/auth/error"
    }

    init(_ memo: SignInMemo, baseURL: String) {
        success = memo.notes["success"] ?? baseURL
        newUser = memo.notes["newUser"]
        failure = memo.notes["failure"] ?? baseURL + "/api/auth/error"
    }

    var notes: [String: String] {
        var notes = ["success": success, "failure": failure]
        notes["newUser"] = newUser
        return notes
    }

    func succeeded(isNew: Bool) -> Compat.SentOn {
        Compat.SentOn(to: isNew ? newUser ?? success : success)
    }

    func failed(_ code: String, _ description: String? = nil) -> Compat.SentOn {
        Compat.SentOn(to: Compat.errorTarget(failure, code, description))
    }

    /// better-auth's codes of what its callback refuses. The rest is what any answer of ours may be.
    static let codes: [Failure: String] = [
        .grantRefused: "invalid_code", .consentRefused: "no_code",
        .providerFaulty: "unable_to_get_user_info",
        // RFC 6749 §4.1.2.1 has a word for that.
        .providerDown: "temporarily_unavailable", .providerSlow: "temporarily_unavailable",
        .accountNotLinked: "account_not_linked", .signUpNotRequested: "signup_disabled",
        .signUpClosed: "signup_disabled", .emailMissing: "email_not_found",
        .accountTaken: "account_already_linked_to_different_user",
        .emailDiffers: "email_does_not_match", .linkingOff: "unable_to_link_account",
        .unknownAccount: "unable_to_link_account", .userBanned: "banned",
    ]
}
