import Glibc
import Server

exit(Tool.main(Array(CommandLine.arguments.dropFirst())))
