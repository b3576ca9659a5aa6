// A fuzz program may also be driven by libFuzzer, which looks where its inputs get to: built with
// `-Xswiftc -sanitize=fuzzer,address -Xswiftc -DLIBFUZZER`.

#if LIBFUZZER
    @_silgen_name("LLVMFuzzerRunDriver")
    private func runDriver(
        _ count: UnsafeMutablePointer<CInt>,
        _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
        _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
    ) -> CInt

    /// What a program's `main` is then, whose words are libFuzzer's.
    package func runLibFuzzer(
        _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>,
        _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
    ) -> CInt {
        var (count, arguments) = (count, arguments)
        return runDriver(&count, &arguments, body)
    }
#endif
