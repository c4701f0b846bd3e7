package files

import (
	"context"
	"io"

	"gateway"
	"gateway/services"
)

// Remote is a file server over FTP, FTPS or SFTP.
type Remote struct {
	pool   pool
	atomic bool // write under another name first
}

var _ Server = (*Remote)(nil)

// OpenRemote makes the client of a server. It does not connect.
func OpenRemote(config Config) (*Remote, error) {
	dial, err := config.dialer()
	if err != nil {
		return nil, err
	}
	return &Remote{pool: pool{dial: dial, max: config.PoolSize}, atomic: config.AtomicWrites}, nil
}

// Put implements [Server].
func (r *Remote) Put(ctx context.Context, path string, body io.Reader, exclusive bool) error {
	return r.change(ctx, path, func(c connection, path string) error { return put(c, path, body, exclusive, r.atomic) })
}

// Open implements [Server].
func (r *Remote) Open(ctx context.Context, path string) (io.ReadCloser, error) {
	path, err := cleanFile(path)
	if err != nil {
		return nil, err
	}
	c, err := r.pool.get(ctx, true)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, c.abort)
	body, err := c.open(path)
	if err != nil {
		return nil, r.pool.finish(ctx, c, stop, err)
	}
	return &remoteFile{ctx: ctx, pool: &r.pool, connection: c, stop: stop, body: body}, nil
}

// remoteFile is an open file with the connection that it occupies.
type remoteFile struct {
	ctx        context.Context
	pool       *pool
	connection connection
	stop       func() bool // of the abort at the end of ctx
	body       io.ReadCloser
	closed     bool
}

func (f *remoteFile) Read(p []byte) (int, error) {
	n, err := f.body.Read(p)
	if err == nil || err == io.EOF {
		return n, err
	}
	if ended := f.ctx.Err(); ended != nil {
		return n, ended
	}
	if f.connection.broken(err) {
		return n, services.Lost(err)
	}
	return n, err
}

// Close gives the connection back.
func (f *remoteFile) Close() error {
	if f.closed {
		return nil
	}
	f.closed = true
	f.pool.finish(f.ctx, f.connection, f.stop, f.body.Close())
	return nil // the file was read to its end or not wanted any more
}

// List implements [Server].
func (r *Remote) List(ctx context.Context, path string) (entries []gateway.FileInfo, err error) {
	path, err = CleanPath(path)
	if err != nil {
		return nil, err
	}
	err = r.pool.use(ctx, true, func(c connection) error {
		entries, err = c.list(path)
		return err
	})
	if len(entries) > maxList {
		return nil, tooMany(path)
	}
	sortByName(entries)
	return entries, err
}

// Stat implements [Server].
func (r *Remote) Stat(ctx context.Context, path string) (info gateway.FileInfo, err error) {
	path, err = CleanPath(path)
	if err != nil {
		return gateway.FileInfo{}, err
	}
	err = r.pool.use(ctx, true, func(c connection) error {
		info, err = c.stat(path)
		return err
	})
	return info, err
}

// Delete implements [Server].
func (r *Remote) Delete(ctx context.Context, path string) (existed bool, err error) {
	err = r.change(ctx, path, func(c connection, path string) error {
		existed, err = remove(c, path)
		return err
	})
	return existed, err
}

// Rename implements [Server].
func (r *Remote) Rename(ctx context.Context, from, to string) error {
	to, err := cleanFile(to)
	if err != nil {
		return err
	}
	return r.change(ctx, from, func(c connection, from string) error { return rename(c, from, to) })
}

// Mkdir implements [Server].
func (r *Remote) Mkdir(ctx context.Context, path string) error {
	path, err := CleanPath(path)
	if err != nil {
		return err
	}
	return r.pool.use(ctx, false, func(c connection) error { return mkdirAll(c, path) })
}

// change runs an operation that must not be repeated.
func (r *Remote) change(ctx context.Context, path string, fn func(c connection, path string) error) error {
	path, err := cleanFile(path)
	if err != nil {
		return err
	}
	return r.pool.use(ctx, false, func(c connection) error { return fn(c, path) })
}

// Ping implements [services.Driver]: it asks the server over a connection of the
// pool, or a new one.
func (r *Remote) Ping(ctx context.Context) error { return r.pool.use(ctx, true, connection.alive) }

// Close implements [services.Driver].
func (r *Remote) Close() error {
	r.pool.close()
	return nil
}
