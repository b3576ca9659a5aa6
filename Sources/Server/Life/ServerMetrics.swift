import Changes
import Files
import Glibc
import HTTPServer
import Logs
import Loop
import Realtime

/// What a server tells of itself beside its requests.
enum ServerMetrics {
    static func register(_ pool: BlockingPool, on metrics: Metrics) {
        metrics.gauge("atrium_hashing_queued", "Passwords that wait for a thread.") {
            Double(pool.counts.queued)
        }
        metrics.counter("atrium_hashing_refused_total", "Passwords refused with 503.") {
            Double(pool.counts.refused)
        }
        metrics.gauge("process_resident_memory_bytes", "Memory that the process has in use.") {
            residentBytes()
        }
    }

    static func register(_ sequencer: Sequencer, on metrics: Metrics) {
        metrics.gauge("atrium_changes_newest", "The highest number of a change.") {
            Double(sequencer.newest)
        }
        metrics.gauge(
            "atrium_changes_lag_seconds", "How long the oldest change has been without a number."
        ) {
            sequencer.lag / .seconds(1)
        }
        metrics.counter("atrium_changes_numbered_total", "Changes that this node numbered.") {
            Double(sequencer.numbered)
        }
    }

    static func register(_ realtime: Realtime, on metrics: Metrics) {
        metrics.gauge("atrium_realtime_connections", "Connections that may listen.") {
            Double(realtime.connections)
        }
        metrics.gauge("atrium_realtime_subscriptions", "Topics that they listen to, together.") {
            Double(realtime.subscriptions)
        }
        metrics.counter("atrium_realtime_events_total", "Events told, each to one connection.") {
            Double(realtime.counts.eventsTold)
        }
        metrics.counter(
            "atrium_realtime_dropped_total", "Connections dropped because they were too slow."
        ) {
            Double(realtime.counts.listenersDropped)
        }
    }

    static func register(_ files: Files, on metrics: Metrics) {
        metrics.gauge("atrium_uploads", "Uploads that are under way.") { Double(files.uploads) }
        metrics.counter("atrium_files_stored_total", "Files that came and were kept.") {
            Double(files.counts.filesStored)
        }
        metrics.counter("atrium_files_stored_bytes_total", "Bytes of these.") {
            Double(files.counts.bytesStored)
        }
        metrics.counter("atrium_uploads_refused_total", "Uploads that came to nothing.") {
            Double(files.counts.uploadsRefused)
        }
        metrics.counter(
            "atrium_files_missing_total", "Answers of 404 because a file was not on the disk."
        ) {
            Double(files.counts.filesMissed)
        }
        metrics.counter(
            "atrium_files_orphans_total", "Files without a row that were put into the trash."
        ) {
            Double(files.counts.orphansPutAside)
        }
    }

    static func register(_ http: HTTPServer, on metrics: Metrics) {
        metrics.gauge("atrium_http_connections", "Open connections.") { Double(http.counts.open) }
        metrics.counter("atrium_http_connections_total", "Connections accepted.") {
            Double(http.counts.accepted)
        }
        metrics.gauge("atrium_websockets", "Open connections that are WebSockets.") {
            Double(http.counts.webSockets)
        }
        metrics.counter(
            "atrium_http_connections_turned_away_total", "Connections refused: too many were open."
        ) {
            Double(http.counts.turnedAway)
        }
        metrics.counter("atrium_http_received_bytes_total", "Bytes received.") {
            Double(http.counts.bytesIn)
        }
        metrics.counter("atrium_http_sent_bytes_total", "Bytes sent.") {
            Double(http.counts.bytesOut)
        }
    }

    /// The second number of `/proc/self/statm`, in pages.
    private static func residentBytes() -> Double {
        let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = read(file, &bytes, bytes.count)
        let numbers = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(
            separator: " ")
        guard numbers.count > 1, let pages = Double(numbers[1]) else { return 0 }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
    }
}
