// Package files works on file servers.
//
// The kind ftp speaks FTP, FTPS (explicit and implicit) and SFTP; the kind folder
// is a folder of this machine and needs no server. [Kinds] makes both known to
// the service manager; a handler reaches one through gateway.Context.Files.
//
// # Paths
//
// A path is relative to the service's base path and cannot leave it: see
// [CleanPath]. On a file server that is a promise about paths, not about files.
// Where the server has symbolic links out of the base path, and shows them to the
// account, they are followed. An account that sees only its own folder is the
// remedy. A folder of this machine is never left, links or not.
//
// # Writing
//
// A file is written under another name in its folder and then renamed, so that
// readers see the old file or the new one, and an upload that breaks off changes
// nothing. Such names begin with ".upload-" and are left out of listings; one
// stays behind where the connection breaks in the middle. atomic_writes = false
// writes to the file itself, for servers that allow no renaming.
//
// # Connections
//
// Each operation has a connection for itself. Idle ones are kept, asked whether
// they still work when they have rested for a while, and replaced when not. An
// operation whose request ends while the server is silent closes its connection:
// neither protocol can take a command back.
package files
