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

    fileprivate init(unchecked text: String) { self.text = text }

    package var description: String { text }
}

extension FieldName {
    package static var accept: FieldName { FieldName(unchecked: "accept") }
    package static var acceptEncoding: FieldName { FieldName(unchecked: "accept-encoding") }
    package static var acceptRanges: FieldName { FieldName(unchecked: "accept-ranges") }
    package static var age: FieldName { FieldName(unchecked: "age") }
    package static var allow: FieldName { FieldName(unchecked: "allow") }
    package static var authorization: FieldName { FieldName(unchecked: "authorization") }
    package static var cacheControl: FieldName { FieldName(unchecked: "cache-control") }
    package static var connection: FieldName { FieldName(unchecked: "connection") }
    package static var contentEncoding: FieldName { FieldName(unchecked: "content-encoding") }
    package static var contentDisposition: FieldName { FieldName(unchecked: "content-disposition") }
    package static var contentLanguage: FieldName { FieldName(unchecked: "content-language") }
    package static var contentLength: FieldName { FieldName(unchecked: "content-length") }
    package static var contentRange: FieldName { FieldName(unchecked: "content-range") }
    package static var contentType: FieldName { FieldName(unchecked: "content-type") }
    package static var cookie: FieldName { FieldName(unchecked: "cookie") }
    package static var date: FieldName { FieldName(unchecked: "date") }
    package static var etag: FieldName { FieldName(unchecked: "etag") }
    package static var expect: FieldName { FieldName(unchecked: "expect") }
    package static var expires: FieldName { FieldName(unchecked: "expires") }
    package static var forwarded: FieldName { FieldName(unchecked: "forwarded") }
    package static var host: FieldName { FieldName(unchecked: "host") }
    package static var ifMatch: FieldName { FieldName(unchecked: "if-match") }
    package static var ifModifiedSince: FieldName { FieldName(unchecked: "if-modified-since") }
    package static var ifNoneMatch: FieldName { FieldName(unchecked: "if-none-match") }
    package static var ifRange: FieldName { FieldName(unchecked: "if-range") }
    package static var ifUnmodifiedSince: FieldName { FieldName(unchecked: "if-unmodified-since") }
    package static var keepAlive: FieldName { FieldName(unchecked: "keep-alive") }
    package static var lastModified: FieldName { FieldName(unchecked: "last-modified") }
    package static var link: FieldName { FieldName(unchecked: "link") }
    package static var location: FieldName { FieldName(unchecked: "location") }
    package static var origin: FieldName { FieldName(unchecked: "origin") }
    package static var range: FieldName { FieldName(unchecked: "range") }
    package static var referer: FieldName { FieldName(unchecked: "referer") }
    package static var retryAfter: FieldName { FieldName(unchecked: "retry-after") }
    package static var server: FieldName { FieldName(unchecked: "server") }
    package static var setCookie: FieldName { FieldName(unchecked: "set-cookie") }
    package static var trailer: FieldName { FieldName(unchecked: "trailer") }
    package static var transferEncoding: FieldName { FieldName(unchecked: "transfer-encoding") }
    package static var upgrade: FieldName { FieldName(unchecked: "upgrade") }
    package static var userAgent: FieldName { FieldName(unchecked: "user-agent") }
    package static var vary: FieldName { FieldName(unchecked: "vary") }
    package static var wwwAuthenticate: FieldName { FieldName(unchecked: "www-authenticate") }
    package static var xForwardedFor: FieldName { FieldName(unchecked: "x-forwarded-for") }
    package static var xForwardedHost: FieldName { FieldName(unchecked: "x-forwarded-host") }
    package static var xForwardedProto: FieldName { FieldName(unchecked: "x-forwarded-proto") }
    package static var xRequestID: FieldName { FieldName(unchecked: "x-request-id") }
}
