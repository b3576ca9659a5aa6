import Coding
import Logs
import Testing
import Values

@Suite struct LoggerTests {
    private let sink = MemorySink()
    private let clock = Clock { Instant(microseconds: 1_769_851_801_250_000) }

    private func logger(_ level: LogLevel = .debug, _ format: LogFormat = .json) -> Logger {
        Logger(level: level, format: format, clock: clock, sink: sink)
    }

    // S3-35
    @Test func `a line has the members of S3-35 in their order`() {
        logger().with(requestID: "r1", userID: "u1")
            .info("signed in", duration: .microseconds(12_340), ["method": "password"])
        let line =
            #"{"timestamp":"2026-01-31T09:30:01.250Z","level":"INFO","message":"signed in","#
            + #""userId":"u1","requestId":"r1","duration":12.34,"method":"password"}"# + "\n"
        #expect(sink.lines == [line])
    }

    // S3-34
    @Test(arguments: LogLevel.allCases)
    func `what is below the level is not written`(level: LogLevel) throws {
        let logger = logger(level)
        logger.debug("m")
        logger.info("m")
        logger.warn("m")
        logger.error("m")
        let names = try sink.lines.map { try json($0)["level"]?.asString }
        #expect(names == ["DEBUG", "INFO", "WARN", "ERROR"].suffix(4 - level.rawValue))
    }

    // S3-34
    @Test func `debugging is written in development only`() {
        for isDevelopment in [true, false] {
            logger(.standard(inDevelopment: isDevelopment)).debug("m \(isDevelopment)")
        }
        #expect(sink.lines.count == 1)
        #expect(sink.lines.first?.contains("m true") == true)
    }

    @Test func `what is not written is not made`() {
        func expensive() -> String {
            Issue.record("the message was made")
            return ""
        }
        logger(.info).debug(expensive(), ["field": .string(expensive())])
        #expect(sink.lines.isEmpty)
    }

    @Test(
        arguments: [("debug", .debug), ("WARN", .warn), ("Error", .error), ("trace", nil)]
            as [(String, LogLevel?)])
    func `levels have names`(name: String, level: LogLevel?) {
        #expect(LogLevel(name) == level)
    }

    @Test func `fields keep their types`() throws {
        logger().info(
            "m",
            [
                "string": "s", "integer": 7, "double": 0.5, "boolean": true,
                "instant": .instant(Instant(seconds: 0)), "duration": .duration(.seconds(2)),
                "infinite": .double(.infinity), "huge": LogValue(UInt64.max),
                "longest": .duration(.seconds(Int64.max)),
                "shortest": .duration(.seconds(Int64.min)), "back": .duration(.microseconds(-1500)),
            ])
        let line = try json(sink.lines[0])
        #expect(line["string"] == "s")
        #expect(line["integer"] == 7)
        #expect(line["double"] == 0.5)
        #expect(line["boolean"] == true)
        #expect(line["instant"] == "1970-01-01T00:00:00.000Z")
        #expect(line["duration"] == 2000)
        #expect(line["infinite"] == .null)
        #expect(line["huge"] == .integer(.max))
        #expect(line["longest"]?.asNumber ?? 0 > 1e15)
        #expect(line["shortest"]?.asNumber ?? 0 < -1e15)
        #expect(line["back"] == -1.5)
    }

    @Test func `a secret is never written`() {
        let secret = Secret("hunter2")
        logger().info("password is \(secret)", ["password": LogValue(secret)])
        #expect(sink.lines[0].contains(#""message":"password is <secret>""#))
        #expect(sink.lines[0].contains(#""password":"<secret>""#))
        #expect(!sink.lines[0].contains("hunter2"))
    }

    @Test(arguments: LogFormat.allCases)
    func `nothing that is logged makes a line of its own`(format: LogFormat) {
        let hostile =
            "x\n{\"level\":\"ERROR\"}\r\n\u{0}\u{1B}[31m\u{7F}\u{85}\u{9B}\u{2028}\u{2029}\u{202E}\u{2066}\\\""
        logger(.debug, format).with(requestID: hostile, userID: hostile)
            .warn(hostile, [hostile: .string(hostile)])
        let line = sink.lines[0]
        #expect(line.unicodeScalars.filter { $0 == "\n" }.count == 1)
        let controls = line.dropLast().unicodeScalars.filter {
            $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
                || $0.properties.generalCategory == .lineSeparator
                || $0.properties.generalCategory == .paragraphSeparator
        }
        #expect(controls.isEmpty)
    }

    @Test func `every character survives as JSON`() throws {
        let text = String(String.UnicodeScalarView((0...0x3000).compactMap { UnicodeScalar($0) }))
        logger().info(text, ["emoji": "👩‍👩‍👧‍👦", text: "name"])
        let line = try json(sink.lines[0])
        #expect(line["message"] == .string(text))
        #expect(line["emoji"] == "👩‍👩‍👧‍👦")
        #expect(line[text] == "name")
    }

    @Test func `a field cannot take the place of a member`() throws {
        logger().with(userID: "u1").info("m", ["level": "ERROR", "userId": "u2", "duration": 1])
        let line = try json(sink.lines[0])
        #expect(line["level"] == "INFO")
        #expect(line["userId"] == "u1")
        #expect(line["duration"] == 1)
    }

    @Test func `on a terminal a line is for people`() {
        logger(.debug, .text).with(requestID: "r1")
            .info(
                "listening", duration: .milliseconds(3),
                ["port": 4000, "name": "two words", "empty": "", "url": "http://[::1]/?a=b"])
        logger(.debug, .text).error("gone")
        #expect(
            sink.lines == [
                #"09:30:01 INFO  listening requestId=r1 duration=3ms port=4000 name="two words" "#
                    + #"empty="" url="http://[::1]/?a=b""# + "\n",
                "09:30:01 ERROR gone\n",
            ])
    }

    private func json(_ line: String) throws -> JSON {
        #expect(line.hasSuffix("\n"))
        return try JSON(parsing: Array(line.utf8), limits: JSONLimits())
    }
}
