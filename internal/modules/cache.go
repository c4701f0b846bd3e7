package modules

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
	"golang.org/x/sync/singleflight"
)

// Limits of what is fetched or uploaded, in bytes.
const (
	MaxZip   = 64 << 20  // of a module's zip
	maxFiles = 256 << 20 // of a module's files
	maxMod   = 16 << 20  // of a go.mod, as for the go command
	maxList  = 1 << 20   // of a list of versions
	maxKept  = 128 << 20 // of zips that are kept in memory
)

const defaultTimeout = 30 * time.Second

// Options of a [Cache].
type Options struct {
	// Dir is the folder of modules; it is made where it does not exist.
	Dir string
	// Proxy is where modules come from: the URL of a module proxy, or a folder that is
	// laid out as the download folder of a module cache. Empty for none: only what is in
	// Dir, or is uploaded, can be used then.
	Proxy string
	// Timeout bounds the fetch of one file; 30 s where zero.
	Timeout time.Duration
}

// A Cache keeps modules. It is safe for concurrent use.
type Cache struct {
	dir     string
	proxy   proxy // nil for none
	timeout time.Duration
	flights singleflight.Group // by module and kind: one fetch at a time

	life context.Context // of fetches; ends with Close
	end  context.CancelFunc

	mu      sync.Mutex // guards what follows, and is held while sums are written
	sums    Sums       // never changed, only replaced
	mods    map[module.Version]*modFile
	zips    map[module.Version]*archive
	kept    int // bytes of zips
	closed  bool
	working sync.WaitGroup // fetches
}

// New opens the cache in a folder.
func New(opts Options) (*Cache, error) {
	c := &Cache{dir: opts.Dir, timeout: opts.Timeout, mods: map[module.Version]*modFile{}, zips: map[module.Version]*archive{}}
	if c.timeout == 0 {
		c.timeout = defaultTimeout
	}
	var err error
	if c.proxy, err = newProxy(opts.Proxy); err != nil {
		return nil, fmt.Errorf("modules.proxy: %w", err)
	}
	if c.sums, err = c.readSums(); err != nil {
		return nil, fmt.Errorf("open the modules folder: %w", err)
	}
	c.life, c.end = context.WithCancel(context.Background())
	return c, nil
}

// Close ends fetches under way and waits for them. Closing again does nothing.
func (c *Cache) Close() error {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.end()
	c.working.Wait()
	return nil
}

// A FetchError says why a module cannot be had.
type FetchError struct {
	Module module.Version
	Reason string
	Hint   string
	Err    error
}

func (e *FetchError) Error() string {
	return fmt.Sprintf("module %s@%s %s", e.Module.Path, e.Module.Version, e.Reason)
}

func (e *FetchError) Unwrap() error { return e.Err }

// once has do done once for all who ask for the same key at the same time. It goes on
// when those who asked have given up, within the cache's timeout.
func (c *Cache) once(ctx context.Context, key string, do func(ctx context.Context) (any, error)) (any, error) {
	done := c.flights.DoChan(key, func() (any, error) {
		c.mu.Lock()
		if c.closed {
			c.mu.Unlock()
			return nil, context.Canceled
		}
		c.working.Add(1)
		c.mu.Unlock()
		defer c.working.Done()
		ctx, cancel := context.WithTimeout(c.life, c.timeout)
		defer cancel()
		return do(ctx)
	})
	select {
	case r := <-done:
		return r.Val, r.Err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// modFile gives the go.mod of a module, from memory, the folder or the proxy. It has the
// hash that is given, where one is.
func (c *Cache) modFile(ctx context.Context, m module.Version, given Sums) (*modFile, error) {
	key := modKey(m)
	c.mu.Lock()
	known := c.mods[m]
	c.mu.Unlock()
	if known != nil {
		return known, given.check(key, known.hash)
	}
	v, err := c.once(ctx, key+given[key], func(ctx context.Context) (any, error) { return c.loadMod(ctx, m, given) })
	if err != nil {
		return nil, err
	}
	known = v.(*modFile)
	return known, given.check(key, known.hash)
}

func (c *Cache) loadMod(ctx context.Context, m module.Version, given Sums) (*modFile, error) {
	name, err := c.file(m, ".mod")
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		data, err = c.fetchMod(ctx, m, name, given)
	}
	if err != nil {
		return nil, err
	}
	hash, err := hashMod(data)
	if err == nil {
		err = c.trust(modKey(m), hash)
	}
	if err != nil {
		return nil, err
	}
	parsed, err := parseModFile(m, data)
	if err != nil {
		return nil, err
	}
	parsed.hash = hash
	c.mu.Lock()
	c.mods[m] = parsed
	c.mu.Unlock()
	return parsed, nil
}

func (c *Cache) fetchMod(ctx context.Context, m module.Version, name string, given Sums) ([]byte, error) {
	data, err := c.downloadMod(ctx, m, given)
	if err != nil {
		return nil, err
	}
	if err := c.checkNew(modKey(m), data, given); err != nil {
		return nil, err
	}
	return data, writeFile(name, data)
}

// downloadMod gets a go.mod from the proxy. Where that is a folder it may have the zip alone.
func (c *Cache) downloadMod(ctx context.Context, m module.Version, given Sums) ([]byte, error) {
	body, err := c.open(ctx, m, ".mod")
	if _, isFolder := c.proxy.(folder); isFolder && errors.Is(err, fs.ErrNotExist) {
		a, err := c.archive(ctx, m, given)
		if err != nil {
			return nil, err
		}
		return a.mod()
	}
	if err != nil {
		return nil, err
	}
	defer body.Close()
	data, err := io.ReadAll(io.LimitReader(body, maxMod+1))
	if err != nil {
		return nil, c.unreachable(m, err)
	}
	if len(data) > maxMod {
		return nil, &FetchError{Module: m, Reason: "has a go.mod of more than 16 MiB"}
	}
	return data, nil
}

// checkNew compares a new go.mod with the hashes that are given and recorded, before it
// is kept.
func (c *Cache) checkNew(key string, data []byte, given Sums) error {
	hash, err := hashMod(data)
	if err == nil {
		err = given.check(key, hash)
	}
	if err != nil {
		return err
	}
	return c.trust(key, hash)
}

// archive gives the zip of a module, from memory, the folder or the proxy. It has the
// hash that is given, where one is.
func (c *Cache) archive(ctx context.Context, m module.Version, given Sums) (*archive, error) {
	key := zipKey(m)
	c.mu.Lock()
	known := c.zips[m]
	c.mu.Unlock()
	if known != nil {
		return known, given.check(key, known.hash)
	}
	v, err := c.once(ctx, key+given[key], func(ctx context.Context) (any, error) { return c.loadZip(ctx, m, given) })
	if err != nil {
		return nil, err
	}
	known = v.(*archive)
	return known, given.check(key, known.hash)
}

func (c *Cache) loadZip(ctx context.Context, m module.Version, given Sums) (*archive, error) {
	name, err := c.file(m, ".zip")
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
		body, err := c.open(ctx, m, ".zip")
		if err != nil {
			return nil, err
		}
		defer body.Close()
		if err := c.keepZip(m, body, given); err != nil {
			return nil, c.unreachable(m, err)
		}
	}
	a, err := openArchive(m, name)
	if err != nil {
		return nil, err
	}
	if err := c.trust(zipKey(m), a.hash); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept += a.size; c.kept > maxKept {
		clear(c.zips)
		c.kept = a.size
	}
	c.zips[m] = a
	return a, nil
}

// keepZip checks a zip and puts it into the folder.
func (c *Cache) keepZip(m module.Version, body io.Reader, given Sums) error {
	name, err := c.file(m, ".zip")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	part, err := os.CreateTemp(filepath.Dir(name), ".tmp-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(part.Name()) }() // it has another name by then, or is not wanted
	n, err := io.Copy(part, io.LimitReader(body, MaxZip+1))
	if err == nil {
		err = part.Sync()
	}
	if err = errors.Join(err, part.Close()); err != nil {
		return err
	}
	if n > MaxZip {
		return &FetchError{Module: m, Reason: fmt.Sprintf("is larger than %d MiB", MaxZip>>20)}
	}
	a, err := openArchive(m, part.Name())
	if err == nil {
		err = given.check(zipKey(m), a.hash)
	}
	if err != nil {
		return err
	}
	if err := c.trust(zipKey(m), a.hash); err != nil {
		return err
	}
	return os.Rename(part.Name(), name)
}

// file is where a file of a module lies in the folder.
func (c *Cache) file(m module.Version, suffix string) (string, error) {
	name, err := protocolName(m, suffix)
	return filepath.Join(c.dir, filepath.FromSlash(name)), err
}

// protocolName is the name of a file of a module in the GOPROXY protocol.
func protocolName(m module.Version, suffix string) (string, error) {
	path, err := module.EscapePath(m.Path)
	if err != nil {
		return "", err
	}
	version, err := module.EscapeVersion(m.Version)
	return path + "/@v/" + version + suffix, err
}

// open opens a file of a module at the proxy.
func (c *Cache) open(ctx context.Context, m module.Version, suffix string) (io.ReadCloser, error) {
	upload := fmt.Sprintf("or upload it: PUT /api/modules/%s@%s", m.Path, m.Version)
	if c.proxy == nil {
		return nil, &FetchError{
			Module: m, Reason: "is not in the modules folder, and no module proxy is set",
			Hint: "set modules.proxy to a module proxy or a folder of modules, " + upload,
		}
	}
	name, err := protocolName(m, suffix)
	if err != nil {
		return nil, err
	}
	body, err := c.proxy.open(ctx, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &FetchError{
			Module: m, Err: err, Reason: fmt.Sprintf("is not at the module proxy %s", c.proxy),
			Hint: c.known(ctx, m),
		}
	}
	if err != nil {
		return nil, c.unreachable(m, err)
	}
	return body, nil
}

// unreachable explains a failure of the way to the proxy. What is wrong with the module
// itself explains itself.
func (c *Cache) unreachable(m module.Version, err error) error {
	var fetch *FetchError
	var mismatch *MismatchError
	if errors.As(err, &fetch) || errors.As(err, &mismatch) {
		return err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("no answer within %v", c.timeout)
	}
	return &FetchError{
		Module: m, Err: err, Reason: fmt.Sprintf("cannot be fetched from the module proxy %s: %v", c.proxy, err),
		Hint: fmt.Sprintf("see that it can be reached, set modules.proxy to another, or upload the module: PUT /api/modules/%s@%s", m.Path, m.Version),
	}
}

// known says which versions of a module there are, as far as the proxy tells.
func (c *Cache) known(ctx context.Context, m module.Version) string {
	path, err := module.EscapePath(m.Path)
	if err != nil {
		return ""
	}
	body, err := c.proxy.open(ctx, path+"/@v/list")
	if err != nil {
		return "see that the module's path is right"
	}
	defer body.Close()
	data, _ := io.ReadAll(io.LimitReader(body, maxList))
	versions := strings.Fields(string(data))
	semver.Sort(versions)
	const shown = 5
	if len(versions) == 0 {
		return "the proxy knows no version of it"
	}
	return "the newest versions are " + strings.Join(versions[max(0, len(versions)-shown):], ", ")
}
