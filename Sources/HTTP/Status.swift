/// A status code of a response (RFC 9110 §15).
package struct Status: Hashable, Sendable, CustomStringConvertible {
    package let code: Int

    /// Codes that do not have three digits are a mistake of the program.
    package init(_ code: Int) {
        precondition((100...999).contains(code), "a status has three digits")
        self.code = code
    }

    package var description: String { "\(code) \(reason)" }

    /// 1 to 5: informational, success, redirection, client error, server error.
    package var kind: Int { code / 100 }

    /// These answers end with their head, whatever its fields say.
    package var forbidsBody: Bool { code < 200 || code == 204 || code == 304 }

    package static var switchingProtocols: Status { Status(101) }
    package static var ok: Status { Status(200) }
    package static var created: Status { Status(201) }
    package static var accepted: Status { Status(202) }
    package static var noContent: Status { Status(204) }
    package static var partialContent: Status { Status(206) }
    package static var movedPermanently: Status { Status(301) }
    package static var found: Status { Status(302) }
    package static var seeOther: Status { Status(303) }
    package static var notModified: Status { Status(304) }
    package static var temporaryRedirect: Status { Status(307) }
    package static var permanentRedirect: Status { Status(308) }
    package static var badRequest: Status { Status(400) }
    package static var unauthorized: Status { Status(401) }
    package static var forbidden: Status { Status(403) }
    package static var notFound: Status { Status(404) }
    package static var methodNotAllowed: Status { Status(405) }
    package static var notAcceptable: Status { Status(406) }
    package static var requestTimeout: Status { Status(408) }
    package static var conflict: Status { Status(409) }
    package static var gone: Status { Status(410) }
    package static var lengthRequired: Status { Status(411) }
    package static var preconditionFailed: Status { Status(412) }
    package static var contentTooLarge: Status { Status(413) }
    package static var uriTooLong: Status { Status(414) }
    package static var unsupportedMediaType: Status { Status(415) }
    package static var rangeNotSatisfiable: Status { Status(416) }
    package static var expectationFailed: Status { Status(417) }
    package static var unprocessableContent: Status { Status(422) }
    package static var locked: Status { Status(423) }
    package static var upgradeRequired: Status { Status(426) }
    package static var tooManyRequests: Status { Status(429) }
    package static var fieldsTooLarge: Status { Status(431) }
    package static var internalServerError: Status { Status(500) }
    package static var notImplemented: Status { Status(501) }
    package static var badGateway: Status { Status(502) }
    package static var serviceUnavailable: Status { Status(503) }
    package static var gatewayTimeout: Status { Status(504) }
    package static var versionNotSupported: Status { Status(505) }
    package static var insufficientStorage: Status { Status(507) }
}

extension Status {
    /// The phrase that goes with the code on the wire; clients ignore it.
    package var reason: StaticString {
        switch code {
        case 100: "Continue"
        case 101: "Switching Protocols"
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 206: "Partial Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 402: "Payment Required"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 411: "Length Required"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 417: "Expectation Failed"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 423: "Locked"
        case 424: "Failed Dependency"
        case 426: "Upgrade Required"
        case 428: "Precondition Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        case 507: "Insufficient Storage"
        default: "Status"
        }
    }
}
