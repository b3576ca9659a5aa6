import Measuring
import Testing

struct LoadReportsTests {
    private func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init)
    }

    private static let wrk = """
        Running 5s test @ http://127.0.0.1:9100/api/auth/ok
          2 threads and 64 connections
          Thread Stats   Avg      Stdev     Max   +/- Stdev
            Latency   812.20us  713.69us  16.13ms   89.01%
            Req/Sec    43.40k     3.05k   50.11k    66.00%
          431907 requests in 5.01s, 126.87MB read
        """
    private static let rate = "\nRequests/sec:  86226.63\nTransfer/sec:     25.33MB\n"

    @Test func `wrk's requests and rate are read`() throws {
        let report = try #require(WrkReport(lines(Self.wrk + Self.rate)))
        #expect(report.requests == 431_907)
        #expect(report.rate == 86226.63)
        #expect(report.refused == 0)
        #expect(report.socketErrors == 0)
    }

    @Test func `what wrk says of refusals and broken connections is counted`() throws {
        let errors = """

              Socket errors: connect 1, read 2, write 0, timeout 3
              Non-2xx or 3xx responses: 17
            """
        let report = try #require(WrkReport(lines(Self.wrk + errors + Self.rate)))
        #expect(report.socketErrors == 6)
        #expect(report.refused == 17)
    }

    @Test func `a run that ended early is no report`() {
        #expect(WrkReport(lines(Self.wrk)) == nil)
        #expect(WrkReport(["unable to connect to 127.0.0.1:1 Connection refused"]) == nil)
        #expect(PgbenchReport(["pgbench: error: connection to server failed"]) == nil)
    }

    @Test func `pgbench's transactions, rate and failures are read`() throws {
        let report = try #require(
            PgbenchReport(
                lines(
                    """
                    pgbench (15.18 (Debian 15.18-0+deb12u1))
                    transaction type: pgbench.sql
                    number of clients: 64
                    number of transactions actually processed: 162734
                    number of failed transactions: 2 (0.001%)
                    latency average = 1.948 ms
                    initial connection time = 67.930 ms
                    tps = 32852.301512 (without initial connection time)
                    """)))
        #expect(report.transactions == 162_734)
        #expect(report.rate == 32852.301512)
        #expect(report.failed == 2)
    }

    @Test func `a statement becomes a script of one line`() {
        let script = pgbenchScript(
            "SELECT a FROM t\nWHERE b = $1 AND c > $2 AND d < $1", ["x", "now"])
        #expect(script == "SELECT a FROM t WHERE b = :x AND c > :now AND d < :x;\n")
    }

    @Test func `the tenth parameter is not the first with a nought`() {
        let names = "abcdefghij".map(String.init)
        #expect(pgbenchScript("VALUES ($1, $10)", names) == "VALUES (:a, :j);\n")
    }
}
