package files

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/jlaffaye/ftp"

	"gateway"
)

// ftpLogin is what an FTP connection is made with.
type ftpLogin struct {
	address            string
	username, password string
	base               string // from [Config.BasePath]
	timeout            time.Duration
	implicit           bool        // TLS from the first byte
	tls                *tls.Config // nil: none
}

// ftpConnection is one login. The server may be asked for one thing at a time.
type ftpConnection struct {
	client *ftp.ServerConn
	base   string // absolute

	dialer  net.Dialer
	dialing context.Context // of data connections; ended by abort
	cancel  context.CancelFunc

	mu    sync.Mutex              // guards what follows
	conns map[*ftpSocket]struct{} // open ones: control, and data during a transfer
	over  bool
}

var _ connection = (*ftpConnection)(nil)

// dial logs in. The whole takes at most the login's timeout.
func (l ftpLogin) dial(ctx context.Context) (connection, error) {
	dialing, cancel := context.WithCancel(context.Background())
	c := &ftpConnection{dialer: net.Dialer{Timeout: l.timeout}, dialing: dialing, cancel: cancel, conns: map[*ftpSocket]struct{}{}}
	ctx, done := context.WithTimeout(ctx, l.timeout)
	defer done()
	stop := context.AfterFunc(ctx, c.abort)
	err := c.login(l)
	if !stop() {
		err = context.Cause(ctx)
	}
	if err != nil {
		c.abort()
		return nil, err
	}
	return c, nil
}

func (c *ftpConnection) login(l ftpLogin) error {
	var tlsConfig *tls.Config
	options := []ftp.DialOption{}
	if l.tls != nil {
		// Many servers want a data connection to resume the session of its control
		// connection, which proves that both are of one client. So each login has
		// a session cache of its own.
		tlsConfig = l.tls.Clone()
		tlsConfig.ClientSessionCache = tls.NewLRUClientSessionCache(1)
		if l.implicit {
			options = append(options, ftp.DialWithTLS(tlsConfig))
		} else {
			options = append(options, ftp.DialWithExplicitTLS(tlsConfig))
		}
	}
	control := true
	options = append(options, ftp.DialWithDialFunc(func(network, address string) (net.Conn, error) {
		plain := tlsConfig == nil || control && !l.implicit // the library upgrades this one
		control = false
		return c.connect(network, address, plain, tlsConfig)
	}))
	var err error
	if c.client, err = ftp.Dial(l.address, options...); err != nil {
		return refusal(err)
	}
	if err := c.client.Login(l.username, l.password); err != nil {
		return refusal(err)
	}
	c.base = l.base
	if !strings.HasPrefix(c.base, "/") {
		home, err := c.client.CurrentDir()
		if err != nil {
			return refusal(err)
		}
		c.base = path.Join("/", home, c.base)
	}
	return nil
}

// refusal tells a server that refuses a login from one that cannot be reached.
func refusal(err error) error {
	var said *textproto.Error
	if errors.As(err, &said) && said.Code >= 500 {
		return gateway.ErrServiceUnavailable.Wrap(fmt.Errorf("the server said %w", said), "the file server refused the login")
	}
	return err
}

// ftpSocket is a TCP connection that abort can find.
type ftpSocket struct {
	net.Conn
	owner *ftpConnection
}

func (s *ftpSocket) Close() error {
	s.owner.mu.Lock()
	delete(s.owner.conns, s)
	s.owner.mu.Unlock()
	return s.Conn.Close()
}

func (c *ftpConnection) connect(network, address string, plain bool, tlsConfig *tls.Config) (net.Conn, error) {
	raw, err := c.dialer.DialContext(c.dialing, network, address)
	if err != nil {
		return nil, err
	}
	socket := &ftpSocket{Conn: raw, owner: c}
	c.mu.Lock()
	over := c.over
	if !over {
		c.conns[socket] = struct{}{}
	}
	c.mu.Unlock()
	if over {
		raw.Close()
		return nil, net.ErrClosed
	}
	if plain {
		return socket, nil
	}
	// The handshake comes with the first byte: some servers begin it only after
	// the command that the data belongs to.
	return tls.Client(socket, tlsConfig), nil
}

func (c *ftpConnection) abort() {
	c.cancel()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.over = true
	for socket := range c.conns {
		socket.Conn.Close()
	}
	clear(c.conns)
}

func (c *ftpConnection) quit() {
	c.mu.Lock()
	for socket := range c.conns {
		socket.SetDeadline(time.Now().Add(time.Second))
	}
	c.mu.Unlock()
	_ = c.client.Quit()
	c.abort()
}

func (c *ftpConnection) alive() error { return c.client.NoOp() }

// errUnfinished ends a download before its end: what the server still sends about
// it would be taken for the answer to the next command.
var errUnfinished = errors.New("the transfer was not finished")

// broken holds every error for one of the connection that is not the server's
// word on a command.
func (c *ftpConnection) broken(err error) bool {
	var said *textproto.Error
	var known *gateway.Error
	var body *bodyError
	switch {
	case errors.As(err, &said):
		return said.Code == ftp.StatusNotAvailable
	case errors.As(err, &known), errors.As(err, &body), errors.Is(err, ftp.ErrInvalidCommand):
		return false
	default:
		return true
	}
}

// at is a path as the server knows it.
func (c *ftpConnection) at(name string) string { return path.Join(c.base, name) }

func (c *ftpConnection) store(name string, body io.Reader, exclusive bool) error {
	if exclusive && !strings.HasPrefix(path.Base(name), partial) {
		// The protocol has no such thing. Between the two, another may come first.
		if _, err := c.stat(name); !errors.Is(err, gateway.ErrNotFound) {
			if err == nil {
				return exists(name)
			}
			return err
		}
	}
	watched := &watchedBody{body: body}
	err := c.client.Stor(c.at(name), watched)
	if !watched.read && c.refused(err) {
		// Servers use one code for all reasons.
		if _, e := c.stat(path.Dir(name)); errors.Is(e, gateway.ErrNotFound) {
			return e
		}
	}
	return c.failed(err, name)
}

func (c *ftpConnection) open(name string) (io.ReadCloser, error) {
	response, err := c.client.Retr(c.at(name))
	if err == nil {
		return &ftpDownload{Response: response}, nil
	}
	if c.refused(err) {
		info, e := c.stat(name)
		switch {
		case errors.Is(e, gateway.ErrNotFound):
			return nil, e
		case e == nil && info.IsDir:
			return nil, isFolder(name)
		}
	}
	return nil, c.failed(err, name)
}

// ftpDownload is a file being read.
type ftpDownload struct {
	*ftp.Response
	finished bool
}

func (d *ftpDownload) Read(p []byte) (int, error) {
	n, err := d.Response.Read(p)
	if err == io.EOF && !d.finished {
		// Only the control connection says whether this was the end of the file or
		// of a broken connection.
		if err := d.Response.Close(); err != nil {
			return n, err
		}
		d.finished = true
	}
	return n, err
}

func (d *ftpDownload) Close() error {
	if !d.finished {
		return errUnfinished
	}
	return nil
}

func (c *ftpConnection) list(name string) ([]gateway.FileInfo, error) {
	entries, err := c.client.List(c.at(name))
	if c.refused(err) || err == nil && c.doubtful(name, entries) {
		info, e := c.stat(name)
		switch {
		case e != nil:
			return nil, e
		case !info.IsDir:
			return nil, notFolder(name)
		}
	}
	if err != nil {
		return nil, c.failed(err, name)
	}
	return c.describeAll(name, entries), nil
}

// doubtful reports a list that need not be of a folder: some servers answer with an
// empty one for what does not exist, and with the file for a file.
func (c *ftpConnection) doubtful(name string, entries []*ftp.Entry) bool {
	switch len(entries) {
	case 0:
		return true
	case 1:
		return entries[0].Type != ftp.EntryTypeFolder && path.Base(entries[0].Name) == path.Base(name)
	default:
		return false
	}
}

func (c *ftpConnection) describeAll(folder string, entries []*ftp.Entry) []gateway.FileInfo {
	infos := make([]gateway.FileInfo, 0, len(entries))
	for _, entry := range entries {
		base := path.Base(entry.Name)
		if entry.Name == "" || hidden(base) {
			continue
		}
		infos = append(infos, describeFTP(path.Join(folder, base), entry))
	}
	return infos
}

func describeFTP(name string, entry *ftp.Entry) gateway.FileInfo {
	info := gateway.FileInfo{Name: path.Base(name), Path: name, IsDir: entry.Type == ftp.EntryTypeFolder, ModTime: entry.Time.UTC()}
	if !info.IsDir {
		info.Size = int64(entry.Size)
	}
	return info
}

func (c *ftpConnection) stat(name string) (gateway.FileInfo, error) {
	entry, err := c.client.GetEntry(c.at(name))
	if err == nil {
		return describeFTP(name, entry), nil
	}
	var said *textproto.Error
	if !errors.As(err, &said) || said.Code == ftp.StatusNotAvailable {
		return gateway.FileInfo{}, err
	}
	if said.Code == ftp.StatusFileUnavailable {
		if denied(said) {
			return gateway.FileInfo{}, c.failed(err, name)
		}
		return gateway.FileInfo{}, notFound(name)
	}
	return c.search(name)
}

// search is stat on servers that cannot describe one file: it lists its folder.
func (c *ftpConnection) search(name string) (gateway.FileInfo, error) {
	if name == "/" {
		if err := c.client.ChangeDir(c.base); err != nil {
			if c.refused(err) {
				return gateway.FileInfo{}, notFound(name)
			}
			return gateway.FileInfo{}, err
		}
		return gateway.FileInfo{Name: "/", Path: "/", IsDir: true}, nil
	}
	folder := path.Dir(name)
	entries, err := c.client.List(c.at(folder))
	if c.refused(err) {
		return gateway.FileInfo{}, notFound(name)
	}
	if err != nil {
		return gateway.FileInfo{}, err
	}
	for _, entry := range entries {
		if path.Base(entry.Name) == path.Base(name) {
			return describeFTP(name, entry), nil
		}
	}
	return gateway.FileInfo{}, notFound(name)
}

func (c *ftpConnection) remove(info gateway.FileInfo) error {
	if info.IsDir {
		return c.failed(c.client.RemoveDir(c.at(info.Path)), info.Path)
	}
	return c.failed(c.client.Delete(c.at(info.Path)), info.Path)
}

func (c *ftpConnection) rename(from, to string, replace bool) error {
	if !replace {
		switch _, err := c.stat(to); {
		case err == nil:
			return exists(to)
		case !errors.Is(err, gateway.ErrNotFound):
			return err
		}
	}
	err := c.client.Rename(c.at(from), c.at(to))
	if replace && c.refused(err) {
		// Some servers replace nothing: there the old file goes first, and is missed
		// for a moment.
		if info, e := c.stat(to); e == nil && !info.IsDir {
			if err := c.client.Delete(c.at(to)); err != nil {
				return c.failed(err, to)
			}
			err = c.client.Rename(c.at(from), c.at(to))
		}
	}
	return c.failed(err, from)
}

func (c *ftpConnection) mkdir(name string) error {
	return c.failed(c.client.MakeDir(c.at(name)), name)
}

// refused reports whether the server has understood and refused a command, for a
// reason that its code does not tell.
func (c *ftpConnection) refused(err error) bool {
	var said *textproto.Error
	return errors.As(err, &said) && said.Code >= 500
}

func denied(said *textproto.Error) bool {
	text := strings.ToLower(said.Msg)
	return strings.Contains(text, "denied") || strings.Contains(text, "permi") || strings.Contains(text, "not allowed")
}

// failed gives the error of the SDK for the server's word.
func (c *ftpConnection) failed(err error, name string) error {
	var said *textproto.Error
	if !errors.As(err, &said) || said.Code == ftp.StatusNotAvailable {
		return err
	}
	text := strings.ToLower(said.Msg)
	cause := fmt.Errorf("the server said %w", said)
	switch {
	case denied(said):
		return gateway.ErrStorage.Wrap(cause, fmt.Sprintf("the file server does not allow this on %q", name))
	case strings.Contains(text, "not empty"):
		return gateway.ErrConflict.Wrap(cause, fmt.Sprintf("folder %q is not empty", name))
	case said.Code == ftp.StatusExceededStorage, said.Code == 452:
		return gateway.ErrStorage.Wrap(cause, "the file server is full")
	case said.Code == ftp.StatusFileUnavailable && (strings.Contains(text, "no such") || strings.Contains(text, "not found") || strings.Contains(text, "not exist")):
		return notFound(name)
	default:
		return gateway.ErrStorage.Wrap(cause, fmt.Sprintf("the file server refused this on %q", name))
	}
}
