/// The name of a field of a head or a trailer. Case does not matter; kept and sent in lower case.
package struct FieldName: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// Nil when `text` is not a token.
    package init?(_ text: String) {
        guard !text.isEmpty, text.utf8.allSatisfy(Token.contains) else { return nil }
        self.text = text.utf8.contains { $0 != $0.lowercased } ? text.lowercased() : text
    }

    /// For names that the program writes down itself, in lower case.
    package init(_ text: StaticString) { self.text = "\(text)" }

    /// For names that were checked before.
    init(known text: String) { self.text = text }

    package var description: String { text }
}

extension FieldName {
    package static var accept: FieldName { FieldName(known: "accept") }
    package static var acceptEncoding: FieldName { FieldName(known: "accept-encoding") }
    package static var acceptRanges: FieldName { FieldName(known: "accept-ranges") }
    package static var age: FieldName { FieldName(known: "age") }
    package static var allow: FieldName { FieldName(known: "allow") }
    package static var authorization: FieldName { FieldName(known: "authorization") }
    package static var cacheControl: FieldName { FieldName(known: "cache-control") }
    package static var connection: FieldName { FieldName(known: "connection") }
    package static var contentEncoding: FieldName { FieldName(known: "content-encoding") }
    package static var contentDisposition: FieldName { FieldName(known: "content-disposition") }
    package static var contentLanguage: FieldName { FieldName(known: "content-language") }
    package static var contentLength: FieldName { FieldName(known: "content-length") }
    package static var contentRange: FieldName { FieldName(known: "content-range") }
    package static var contentType: FieldName { FieldName(known: "content-type") }
    package static var cookie: FieldName { FieldName(known: "cookie") }
    package static var date: FieldName { FieldName(known: "date") }
    package static var etag: FieldName { FieldName(known: "etag") }
    package static var expect: FieldName { FieldName(known: "expect") }
    package static var expires: FieldName { FieldName(known: "expires") }
    package static var forwarded: FieldName { FieldName(known: "forwarded") }
    package static var host: FieldName { FieldName(known: "host") }
    package static var ifMatch: FieldName { FieldName(known: "if-match") }
    package static var ifModifiedSince: FieldName { FieldName(known: "if-modified-since") }
    package static var ifNoneMatch: FieldName { FieldName(known: "if-none-match") }
    package static var ifRange: FieldName { FieldName(known: "if-range") }
    package static var ifUnmodifiedSince: FieldName { FieldName(known: "if-unmodified-since") }
    package static var keepAlive: FieldName { FieldName(known: "keep-alive") }
    package static var lastModified: FieldName { FieldName(known: "last-modified") }
    package static var link: FieldName { FieldName(known: "link") }
    package static var location: FieldName { FieldName(known: "location") }
    package static var origin: FieldName { FieldName(known: "origin") }
    package static var range: FieldName { FieldName(known: "range") }
    package static var referer: FieldName { FieldName(known: "referer") }
    package static var retryAfter: FieldName { FieldName(known: "retry-after") }
    package static var server: FieldName { FieldName(known: "server") }
    package static var setCookie: FieldName { FieldName(known: "set-cookie") }
    package static var trailer: FieldName { FieldName(known: "trailer") }
    package static var transferEncoding: FieldName { FieldName(known: "transfer-encoding") }
    package static var upgrade: FieldName { FieldName(known: "upgrade") }
    package static var userAgent: FieldName { FieldName(known: "user-agent") }
    package static var vary: FieldName { FieldName(known: "vary") }
    package static var wwwAuthenticate: FieldName { FieldName(known: "www-authenticate") }
    package static var xForwardedFor: FieldName { FieldName(known: "x-forwarded-for") }
    package static var xForwardedHost: FieldName { FieldName(known: "x-forwarded-host") }
    package static var xForwardedProto: FieldName { FieldName(known: "x-forwarded-proto") }
    package static var xRequestID: FieldName { FieldName(known: "x-request-id") }
}
