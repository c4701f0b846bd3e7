package gateway

import (
	"io"
	"time"
)

// Files works on a file server over FTP, FTPS or SFTP, or in a folder. Paths are
// relative to the service's base path, with or without a leading slash, and cannot
// leave it.
//
// A file is replaced as a whole, unless the service is configured otherwise:
// readers see the old bytes or the new ones, and an upload that breaks off changes
// nothing.
//
// Errors: [ErrNotFound] for a missing path, [ErrBadRequest] for one that leaves
// the base path or is a folder where a file is wanted, [ErrConflict] for a folder
// that is not empty, [ErrStorage] when the server refuses an operation,
// [ErrServiceUnavailable] when it cannot be reached, [ErrTimeout] at the deadline.
type Files interface {
	// Put writes a file, replacing any other and making missing folders.
	Put(path string, data []byte) error
	// PutStream is Put for what body yields.
	PutStream(path string, body io.Reader) error
	// Get reads a whole file. One of more than 256 MiB is [ErrPayloadTooLarge]:
	// open it.
	Get(path string) ([]byte, error)
	// Open gives a file as a stream, which the caller closes. Until it is closed or
	// read to its end it occupies one of the service's connections; it ends with the
	// request.
	Open(path string) (io.ReadCloser, error)
	// List describes the entries of a folder, in name order.
	List(path string) ([]FileInfo, error)
	// Stat describes a file or folder.
	Stat(path string) (FileInfo, error)
	// Delete removes a file or an empty folder and reports whether it existed.
	Delete(path string) (bool, error)
	// Rename moves a file or folder, replacing any other file and making missing
	// folders.
	Rename(from, to string) error
	// Mkdir makes a folder and its missing parents. One that exists is left as it is.
	Mkdir(path string) error
}

// FileInfo describes an entry of a file server.
type FileInfo struct {
	Name    string    `json:"name"`
	Path    string    `json:"path"` // relative to the base path, with a leading slash
	Size    int64     `json:"size"` // bytes; 0 for a folder
	IsDir   bool      `json:"is_dir"`
	ModTime time.Time `json:"mod_time"`
}

type noFiles struct{ err error }

func (n noFiles) Put(string, []byte) error           { return n.err }
func (n noFiles) PutStream(string, io.Reader) error  { return n.err }
func (n noFiles) Get(string) ([]byte, error)         { return nil, n.err }
func (n noFiles) Open(string) (io.ReadCloser, error) { return nil, n.err }
func (n noFiles) List(string) ([]FileInfo, error)    { return nil, n.err }
func (n noFiles) Stat(string) (FileInfo, error)      { return FileInfo{}, n.err }
func (n noFiles) Delete(string) (bool, error)        { return false, n.err }
func (n noFiles) Rename(string, string) error        { return n.err }
func (n noFiles) Mkdir(string) error                 { return n.err }
