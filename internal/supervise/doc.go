// Package supervise runs a server as a child process and starts it again when it dies.
//
// Two processes of one binary take part. [Run] is the supervisor: it keeps the sockets
// open, and nothing that the server does can end it. [Attach] is the server's side: it
// takes over what the supervisor hands it. While no server runs, the sockets still
// listen: who connects waits, and is answered by the next server.
//
// Standard error is divided. What the server writes to [os.Stderr] goes where the
// supervisor's own goes, without passing through it. File descriptor 2, to which the Go
// runtime writes why it ends the process, is a pipe: the supervisor hands on what comes
// and reads the reason and the labels of the goroutine from it, see [Crash]. (What
// debug.SetCrashOutput gives lacks the line with the reason of fatal errors.)
//
// The package knows nothing of what is served. It needs Unix: see [Supported].
package supervise
