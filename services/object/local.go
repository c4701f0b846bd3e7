package object

import (
	"context"
	"crypto/md5"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"gateway"
)

// Local keeps objects as the files of a folder: the object "uploads/cat.png" is
// the file uploads/cat.png. It never reads or writes outside the folder, not even
// through symbolic links. Files that something else puts there are objects too.
//
// The folder .gateway inside it holds the content type and metadata of each
// object ([sidecar]), unfinished uploads and the key that signs URLs.
//
// Unlike on S3, an object cannot be named like the folder of another: "a" and
// "a/b" exclude each other, and the second to come is [gateway.ErrConflict].
type Local struct {
	root *os.Root
	signer

	seed maphash.Seed
	// locks guard the pairs of an object's file and sidecar, by hash of the key:
	// held for writing to change a pair, for reading to open one. They order the
	// operations of this Local only.
	locks [64]sync.RWMutex
}

var _ Store = (*Local)(nil)

const (
	uploads = reserved + "/tmp"
	// abandoned is the age at which an unfinished upload is one of a process that
	// died. No upload of a running one lasts as long: requests have deadlines.
	abandoned = 24 * time.Hour
)

// OpenLocal opens a folder and makes it where it does not exist. name and base
// are those of the URLs that PresignedURL gives: see [PresignHandler].
func OpenLocal(folder, name, base string) (*Local, error) {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return nil, fmt.Errorf("make the folder of objects: %w", err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("open the folder of objects: %w", err)
	}
	l := &Local{root: root, seed: maphash.MakeSeed()}
	if err := l.prepare(name, base); err != nil {
		root.Close()
		return nil, err
	}
	return l, nil
}

func (l *Local) prepare(name, base string) (err error) {
	for _, folder := range []string{uploads, sidecars} {
		if err := l.root.MkdirAll(folder, 0o700); err != nil {
			return fmt.Errorf("prepare the folder of objects: %w", err)
		}
	}
	if l.signer, err = newSigner(l.root, name, base); err != nil {
		return fmt.Errorf("prepare signing of URLs: %w", err)
	}
	return l.sweep()
}

// sweep removes the unfinished uploads of processes that died.
func (l *Local) sweep() error {
	entries, err := fs.ReadDir(l.root.FS(), uploads)
	if err != nil {
		return fmt.Errorf("read unfinished uploads: %w", err)
	}
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && time.Since(info.ModTime()) > abandoned {
			if err := l.root.Remove(path.Join(uploads, entry.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("remove an unfinished upload: %w", err)
			}
		}
	}
	return nil
}

func (l *Local) lock(key string) *sync.RWMutex {
	return &l.locks[maphash.String(l.seed, key)%uint64(len(l.locks))]
}

// Put implements [Store]. The bytes are on disk when it returns.
func (l *Local) Put(ctx context.Context, key string, body io.Reader, _ int64, options PutOptions) (gateway.ObjectInfo, error) {
	if err := errors.Join(CheckKey(key), checkMetadata(options.Metadata)); err != nil {
		return gateway.ObjectInfo{}, err
	}
	temporary := path.Join(uploads, rand.Text())
	info, err := l.upload(ctx, temporary, body)
	if err != nil {
		l.root.Remove(temporary)
		return gateway.ObjectInfo{}, failed(ctx, err, key)
	}
	info.Key, info.ContentType, info.Metadata = key, options.ContentType, options.Metadata
	if info.ContentType == "" {
		info.ContentType = contentType(key)
	}

	lock := l.lock(key)
	lock.Lock()
	defer lock.Unlock()
	if err := l.publish(temporary, info, options); err != nil {
		l.root.Remove(temporary)
		return gateway.ObjectInfo{}, failed(ctx, err, key)
	}
	return info, nil
}

// upload writes a body to a file of its own.
func (l *Local) upload(ctx context.Context, name string, body io.Reader) (gateway.ObjectInfo, error) {
	file, err := l.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
	if err != nil {
		return gateway.ObjectInfo{}, err
	}
	defer file.Close()
	sum := md5.New() // the ETag of S3 servers; it protects nothing
	n, err := io.Copy(io.MultiWriter(file, sum), lasting{ctx, io.NopCloser(body)})
	if err != nil {
		return gateway.ObjectInfo{}, err
	}
	if err := file.Sync(); err != nil {
		return gateway.ObjectInfo{}, err
	}
	stat, err := file.Stat()
	if err != nil {
		return gateway.ObjectInfo{}, err
	}
	return gateway.ObjectInfo{Size: n, LastModified: stat.ModTime().UTC(), ETag: hex.EncodeToString(sum.Sum(nil))}, file.Close()
}

// publish makes an uploaded file the object, under the key's lock. The sidecar
// comes first: its name has the file's time and size in it, so that a crash in
// between leaves the old pair whole.
func (l *Local) publish(temporary string, info gateway.ObjectInfo, options PutOptions) error {
	old, err := l.describe(info.Key)
	exists := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	switch {
	case options.IfAbsent && exists:
		return gateway.ErrConflict.Newf("object %q exists", info.Key)
	case options.IfMatch != "" && (!exists || old.ETag != options.IfMatch):
		return gateway.ErrConflict.Newf("object %q has changed", info.Key)
	}
	if err := l.writeSidecar(info); err != nil {
		return err
	}
	if err := l.move(temporary, info.Key); err != nil {
		return err
	}
	if exists && sidecarName(old) != sidecarName(info) {
		l.root.Remove(sidecarName(old)) // one that stays behind is never read again
	}
	return nil
}

// move renames a file to the key's and makes its folders. A Delete may remove a
// folder that has just become empty between the two, so it tries again.
func (l *Local) move(temporary, key string) (err error) {
	for range 10 {
		if folder := path.Dir(key); folder != "." {
			if err := l.root.MkdirAll(folder, 0o750); err != nil {
				return err
			}
		}
		if err = l.root.Rename(temporary, key); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return err
}

// Open implements [Store].
func (l *Local) Open(ctx context.Context, key string) (io.ReadCloser, gateway.ObjectInfo, error) {
	file, info, err := l.openFile(ctx, key)
	if err != nil {
		return nil, gateway.ObjectInfo{}, err
	}
	return lasting{ctx, file}, info, nil
}

// openFile gives the file of an object and what its sidecar says.
func (l *Local) openFile(ctx context.Context, key string) (*os.File, gateway.ObjectInfo, error) {
	if err := CheckKey(key); err != nil {
		return nil, gateway.ObjectInfo{}, err
	}
	lock := l.lock(key)
	lock.RLock()
	defer lock.RUnlock()
	file, err := l.root.Open(key)
	if err != nil {
		return nil, gateway.ObjectInfo{}, failed(ctx, err, key)
	}
	stat, err := file.Stat()
	if err == nil && !stat.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	if err != nil {
		file.Close()
		return nil, gateway.ObjectInfo{}, failed(ctx, err, key)
	}
	return file, l.readSidecar(key, stat), nil
}

// Stat implements [Store].
func (l *Local) Stat(ctx context.Context, key string) (gateway.ObjectInfo, error) {
	if err := CheckKey(key); err != nil {
		return gateway.ObjectInfo{}, err
	}
	lock := l.lock(key)
	lock.RLock()
	defer lock.RUnlock()
	info, err := l.describe(key)
	if err != nil {
		return gateway.ObjectInfo{}, failed(ctx, err, key)
	}
	return info, nil
}

// describe is Stat under the key's lock.
func (l *Local) describe(key string) (gateway.ObjectInfo, error) {
	stat, err := l.root.Stat(key)
	if err != nil {
		return gateway.ObjectInfo{}, err
	}
	if stat.IsDir() {
		return gateway.ObjectInfo{}, fs.ErrNotExist
	}
	return l.readSidecar(key, stat), nil
}

// List implements [Store].
func (l *Local) List(ctx context.Context, prefix string) ([]gateway.ObjectInfo, error) {
	if err := CheckPrefix(prefix); err != nil {
		return nil, err
	}
	objects := []gateway.ObjectInfo{}
	start := path.Dir(prefix + "x") // the deepest folder that has all of them
	err := fs.WalkDir(l.root.FS(), start, func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
			return nil // deleted meanwhile, or no object has the prefix
		}
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if entry.IsDir() {
			if inside := name + "/"; name == reserved || name != "." && !strings.HasPrefix(inside, prefix) && !strings.HasPrefix(prefix, inside) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasPrefix(name, prefix) || !entry.Type().IsRegular() {
			return nil
		}
		stat, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if len(objects) == maxList {
			return tooMany(prefix)
		}
		objects = append(objects, gateway.ObjectInfo{Key: name, Size: stat.Size(), LastModified: stat.ModTime().UTC()})
		return nil
	})
	if err != nil {
		return nil, failed(ctx, err, prefix)
	}
	sortByKey(objects)
	return objects, nil
}

// Delete implements [Store]. Folders that it leaves empty go too.
func (l *Local) Delete(ctx context.Context, key string) (bool, error) {
	if err := CheckKey(key); err != nil {
		return false, err
	}
	lock := l.lock(key)
	lock.Lock()
	defer lock.Unlock()
	info, err := l.describe(key)
	if err == nil {
		err = l.root.Remove(key)
	}
	if err != nil {
		if err = failed(ctx, err, key); errors.Is(err, gateway.ErrNotFound) {
			err = nil
		}
		return false, err
	}
	l.root.Remove(sidecarName(info))
	for folder := path.Dir(key); folder != "."; folder = path.Dir(folder) {
		if l.root.Remove(folder) != nil {
			break
		}
	}
	return true, nil
}

// Copy implements [Store].
func (l *Local) Copy(ctx context.Context, from, to string) error {
	if err := CheckKey(to); err != nil {
		return err
	}
	file, info, err := l.openFile(ctx, from)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = l.Put(ctx, to, file, info.Size, PutOptions{PutOptions: gateway.PutOptions{ContentType: info.ContentType, Metadata: info.Metadata}})
	return err
}

// PresignedURL implements [Store]. [PresignHandler] serves the URL, which begins
// with the base given to [OpenLocal].
func (l *Local) PresignedURL(_ context.Context, key string, expires time.Duration) (string, error) {
	if err := CheckKey(key); err != nil {
		return "", err
	}
	if err := checkExpiry(expires); err != nil {
		return "", err
	}
	return l.url(key, time.Now().Add(expires)), nil
}

// Ping implements [Store]: it reports whether the folder can be written to.
func (l *Local) Ping(ctx context.Context) error {
	name := path.Join(uploads, rand.Text())
	if err := l.root.WriteFile(name, nil, 0o600); err != nil {
		return failed(ctx, err, name)
	}
	if err := l.root.Remove(name); err != nil {
		return failed(ctx, err, name)
	}
	return nil
}

// Close implements [Store].
func (l *Local) Close() error { return l.root.Close() }

func sortByKey(objects []gateway.ObjectInfo) {
	slices.SortFunc(objects, func(a, b gateway.ObjectInfo) int { return strings.Compare(a.Key, b.Key) })
}

// failed gives the error of the SDK for one of the file system.
func failed(ctx context.Context, err error, key string) error {
	var known *gateway.Error
	switch {
	case errors.As(err, &known):
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, syscall.EISDIR), errors.Is(err, syscall.ENOTDIR), errors.Is(err, fs.ErrExist), errors.Is(err, syscall.ENOTEMPTY):
		return gateway.ErrConflict.Wrap(err, fmt.Sprintf("key %q and the key of another object exclude each other: one would be the folder of the other", key))
	case errors.Is(err, fs.ErrNotExist):
		return notFound(key)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return gateway.ErrStorage.Wrap(err, "the storage is full")
	default:
		return err
	}
}
