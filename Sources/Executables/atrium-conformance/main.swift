import Glibc

// The server that recorded exchanges of better-auth are played at: see ConformanceServer. For tests
// only; it is in no package and no image.

exit(ConformanceServer.main(Array(CommandLine.arguments.dropFirst())))
