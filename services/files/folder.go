package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"gateway"
)

// Folder is a folder of this machine. It never reads or writes outside, not even
// through symbolic links.
type Folder struct{ root *os.Root }

var (
	_ Server  = (*Folder)(nil)
	_ session = (*Folder)(nil)
)

// OpenFolder opens a folder and makes it where it does not exist.
func OpenFolder(name string) (*Folder, error) {
	if err := os.MkdirAll(name, 0o750); err != nil {
		return nil, fmt.Errorf("make the folder: %w", err)
	}
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, fmt.Errorf("open the folder: %w", err)
	}
	return &Folder{root: root}, nil
}

// at is a path as [os.Root] has it.
func at(name string) string {
	if name == "/" {
		return "."
	}
	return strings.TrimPrefix(name, "/")
}

// Put implements [Server].
func (f *Folder) Put(ctx context.Context, name string, body io.Reader, exclusive bool) error {
	name, err := cleanFile(name)
	if err != nil {
		return err
	}
	return put(f, name, lasting{ctx, io.NopCloser(body)}, exclusive, true)
}

// Open implements [Server].
func (f *Folder) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	name, err := cleanFile(name)
	if err != nil {
		return nil, err
	}
	file, err := f.open(name)
	if err != nil {
		return nil, err
	}
	return lasting{ctx, file}, nil
}

// List implements [Server].
func (f *Folder) List(_ context.Context, name string) ([]gateway.FileInfo, error) {
	name, err := CleanPath(name)
	if err != nil {
		return nil, err
	}
	entries, err := f.list(name)
	sortByName(entries)
	return entries, err
}

// Stat implements [Server].
func (f *Folder) Stat(_ context.Context, name string) (gateway.FileInfo, error) {
	name, err := CleanPath(name)
	if err != nil {
		return gateway.FileInfo{}, err
	}
	return f.stat(name)
}

// Delete implements [Server].
func (f *Folder) Delete(_ context.Context, name string) (bool, error) {
	name, err := cleanFile(name)
	if err != nil {
		return false, err
	}
	return remove(f, name)
}

// Rename implements [Server].
func (f *Folder) Rename(_ context.Context, from, to string) error {
	from, err := cleanFile(from)
	if err != nil {
		return err
	}
	if to, err = cleanFile(to); err != nil {
		return err
	}
	return rename(f, from, to)
}

// Mkdir implements [Server].
func (f *Folder) Mkdir(_ context.Context, name string) error {
	name, err := CleanPath(name)
	if err != nil {
		return err
	}
	return mkdirAll(f, name)
}

// Ping implements [services.Driver].
func (f *Folder) Ping(context.Context) error {
	_, err := f.root.Stat(".")
	return err
}

// Close implements [services.Driver].
func (f *Folder) Close() error { return f.root.Close() }

func (f *Folder) store(name string, body io.Reader, exclusive bool) error {
	flags := os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	if exclusive {
		flags |= os.O_EXCL
	}
	file, err := f.root.OpenFile(at(name), flags, 0o640)
	if err != nil {
		return f.failed(err, name)
	}
	_, err = io.Copy(file, body)
	if err == nil {
		err = file.Sync()
	}
	return f.failed(errors.Join(err, file.Close()), name)
}

func (f *Folder) open(name string) (io.ReadCloser, error) {
	file, err := f.root.Open(at(name))
	if err != nil {
		return nil, f.failed(err, name)
	}
	if info, err := file.Stat(); err != nil || info.IsDir() {
		file.Close()
		if err == nil {
			err = isFolder(name)
		}
		return nil, f.failed(err, name)
	}
	return file, nil
}

func (f *Folder) list(name string) ([]gateway.FileInfo, error) {
	folder, err := f.root.Open(at(name))
	if err != nil {
		return nil, f.failed(err, name)
	}
	defer folder.Close()
	if info, err := folder.Stat(); err == nil && !info.IsDir() {
		return nil, notFolder(name)
	}
	entries, err := folder.ReadDir(maxList + 1)
	if err != nil && err != io.EOF {
		return nil, f.failed(err, name)
	}
	if len(entries) > maxList {
		return nil, tooMany(name)
	}
	infos := make([]gateway.FileInfo, 0, len(entries))
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && !hidden(entry.Name()) { // else deleted meanwhile
			infos = append(infos, describe(strings.TrimSuffix(name, "/")+"/"+entry.Name(), info))
		}
	}
	return infos, nil
}

func (f *Folder) stat(name string) (gateway.FileInfo, error) {
	info, err := f.root.Stat(at(name))
	if err != nil {
		return gateway.FileInfo{}, f.failed(err, name)
	}
	return describe(name, info), nil
}

func (f *Folder) remove(info gateway.FileInfo) error {
	return f.failed(f.root.Remove(at(info.Path)), info.Path)
}

func (f *Folder) rename(from, to string, replace bool) error {
	if replace {
		return f.failed(f.root.Rename(at(from), at(to)), from)
	}
	if err := f.root.Link(at(from), at(to)); err != nil {
		return f.failed(err, to)
	}
	return f.failed(f.root.Remove(at(from)), from)
}

func (f *Folder) mkdir(name string) error {
	return f.failed(f.root.Mkdir(at(name), 0o750), name)
}

// failed gives the error of the SDK for one of the file system.
func (f *Folder) failed(err error, name string) error {
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return notFound(name)
	case errors.Is(err, syscall.ENOTEMPTY):
		return gateway.ErrConflict.Wrap(err, fmt.Sprintf("folder %q is not empty", name))
	case errors.Is(err, fs.ErrExist):
		return exists(name)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return gateway.ErrStorage.Wrap(err, "the folder's disk is full")
	case errors.Is(err, syscall.EISDIR):
		return isFolder(name)
	default:
		return err
	}
}

// lasting reads as long as ctx lasts.
type lasting struct {
	ctx context.Context
	io.ReadCloser
}

func (l lasting) Read(p []byte) (int, error) {
	if err := l.ctx.Err(); err != nil {
		return 0, err
	}
	return l.ReadCloser.Read(p)
}
