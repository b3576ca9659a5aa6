import Values

extension TimeSpan: StringValue {
    package static var schema: Schema { .string(pattern: "^[0-9]+(ms|s|m|h|d)$") }
    package static var example: TimeSpan { "15m" }
}

extension ByteSize: StringValue {
    package static var schema: Schema { .string(pattern: "^[0-9]+([KMG]i?)?B?$") }
    package static var example: ByteSize { "1MiB" }
}
