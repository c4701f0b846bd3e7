package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path"
	"strings"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"

	"gateway"
)

// sftpLogin is what an SFTP connection is made with.
type sftpLogin struct {
	address string
	ssh     *ssh.ClientConfig
	base    string // from [Config.BasePath]
	timeout time.Duration
}

// sftpConnection is one SSH connection with one SFTP session in it.
type sftpConnection struct {
	network net.Conn
	shell   *ssh.Client
	client  *sftp.Client
	base    string // absolute
}

var _ connection = (*sftpConnection)(nil)

// dial logs in. The whole takes at most the login's timeout.
func (l sftpLogin) dial(ctx context.Context) (connection, error) {
	ctx, done := context.WithTimeout(ctx, l.timeout)
	defer done()
	network, err := new(net.Dialer).DialContext(ctx, "tcp", l.address)
	if err != nil {
		return nil, err
	}
	c := &sftpConnection{network: network}
	stop := context.AfterFunc(ctx, c.abort)
	err = c.login(l)
	if !stop() {
		err = context.Cause(ctx)
	}
	if err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

func (c *sftpConnection) login(l sftpLogin) error {
	config := *l.ssh
	var key *hostKeyError
	check := config.HostKeyCallback
	config.HostKeyCallback = func(host string, remote net.Addr, offered ssh.PublicKey) error {
		err := check(host, remote, offered)
		errors.As(err, &key)
		return err
	}
	connection, channels, requests, err := ssh.NewClientConn(c.network, l.address, &config)
	switch {
	case key != nil:
		return gateway.ErrServiceUnavailable.Wrap(key, "the file server is not the one that is configured")
	case err != nil && strings.Contains(err.Error(), "unable to authenticate"):
		return gateway.ErrServiceUnavailable.Wrap(err, "the file server refused the login")
	case err != nil:
		return err
	}
	c.shell = ssh.NewClient(connection, channels, requests)
	if c.client, err = sftp.NewClient(c.shell, sftp.UseConcurrentWrites(true)); err != nil {
		return fmt.Errorf("start SFTP: %w", err)
	}
	c.base = l.base
	if !strings.HasPrefix(c.base, "/") {
		home, err := c.client.RealPath(".")
		if err != nil {
			return fmt.Errorf("ask for the login folder: %w", err)
		}
		c.base = path.Join("/", home, c.base)
	}
	return nil
}

func (c *sftpConnection) abort() { c.network.Close() }
func (c *sftpConnection) quit()  { c.close() }

// close ends everything and waits for the goroutines of the client.
func (c *sftpConnection) close() {
	c.network.Close()
	if c.client != nil {
		c.client.Close()
	}
	if c.shell != nil {
		c.shell.Close()
		_ = c.shell.Wait()
	}
}

func (c *sftpConnection) alive() error {
	_, err := c.client.RealPath(".")
	return err
}

// broken holds every error for one of the connection that is not the server's
// word on a request.
func (c *sftpConnection) broken(err error) bool {
	var said *sftp.StatusError
	var known *gateway.Error
	var body *bodyError
	switch {
	case errors.Is(err, sftp.ErrSSHFxConnectionLost), errors.Is(err, sftp.ErrSSHFxNoConnection):
		return true
	case errors.As(err, &said), errors.As(err, &known), errors.As(err, &body), errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return false
	default:
		return true
	}
}

// at is a path as the server knows it.
func (c *sftpConnection) at(name string) string { return path.Join(c.base, name) }

func (c *sftpConnection) store(name string, body io.Reader, exclusive bool) error {
	flags := os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	if exclusive {
		flags |= os.O_EXCL
	}
	file, err := c.client.OpenFile(c.at(name), flags)
	if err != nil {
		if exclusive {
			if _, e := c.stat(name); e == nil {
				return exists(name)
			}
		}
		return c.failed(err, name)
	}
	_, err = file.ReadFrom(body)
	return c.failed(errors.Join(err, file.Close()), name)
}

func (c *sftpConnection) open(name string) (io.ReadCloser, error) {
	info, err := c.stat(name) // servers let folders be opened, and reading fails
	if err != nil {
		return nil, err
	}
	if info.IsDir {
		return nil, isFolder(name)
	}
	file, err := c.client.Open(c.at(name))
	if err != nil {
		return nil, c.failed(err, name)
	}
	return file, nil
}

func (c *sftpConnection) list(name string) ([]gateway.FileInfo, error) {
	entries, err := c.client.ReadDir(c.at(name))
	if err != nil {
		if info, e := c.stat(name); e == nil && !info.IsDir {
			return nil, notFolder(name)
		}
		return nil, c.failed(err, name)
	}
	infos := make([]gateway.FileInfo, 0, len(entries))
	for _, entry := range entries {
		if !hidden(entry.Name()) {
			infos = append(infos, describe(path.Join(name, entry.Name()), entry))
		}
	}
	return infos, nil
}

func (c *sftpConnection) stat(name string) (gateway.FileInfo, error) {
	info, err := c.client.Stat(c.at(name))
	if err != nil {
		return gateway.FileInfo{}, c.failed(err, name)
	}
	return describe(name, info), nil
}

// describe gives what is known of the file or folder at a path.
func describe(name string, info fs.FileInfo) gateway.FileInfo {
	described := gateway.FileInfo{Name: path.Base(name), Path: name, IsDir: info.IsDir(), ModTime: info.ModTime().UTC()}
	if !described.IsDir {
		described.Size = info.Size()
	}
	return described
}

func (c *sftpConnection) remove(info gateway.FileInfo) error {
	if !info.IsDir {
		return c.failed(c.client.Remove(c.at(info.Path)), info.Path)
	}
	err := c.client.RemoveDirectory(c.at(info.Path))
	if err == nil {
		return nil
	}
	// The protocol has one code for all reasons.
	if entries, e := c.client.ReadDir(c.at(info.Path)); e == nil && len(entries) > 0 {
		return gateway.ErrConflict.Wrap(err, fmt.Sprintf("folder %q is not empty", info.Path))
	}
	return c.failed(err, info.Path)
}

func (c *sftpConnection) rename(from, to string, replace bool) error {
	if !replace {
		return c.renameNew(from, to)
	}
	if _, posix := c.client.HasExtension("posix-rename@openssh.com"); posix {
		return c.failed(c.client.PosixRename(c.at(from), c.at(to)), from)
	}
	// As the protocol has it, this replaces nothing.
	err := c.client.Rename(c.at(from), c.at(to))
	if err == nil || c.broken(err) {
		return err
	}
	if target, e := c.stat(to); e != nil || target.IsDir {
		return c.failed(err, from)
	}
	// The old file goes first, and is missed for a moment.
	if err := c.client.Remove(c.at(to)); err != nil {
		return c.failed(err, to)
	}
	return c.failed(c.client.Rename(c.at(from), c.at(to)), from)
}

// renameNew moves a file to where none is. A second name for it is what all
// servers refuse where one exists; some let a rename replace it.
func (c *sftpConnection) renameNew(from, to string) error {
	if _, ok := c.client.HasExtension("hardlink@openssh.com"); ok {
		err := c.client.Link(c.at(from), c.at(to))
		if err == nil {
			return c.failed(c.client.Remove(c.at(from)), from)
		}
		if c.broken(err) {
			return err
		}
	}
	switch _, err := c.stat(to); {
	case err == nil:
		return exists(to)
	case !errors.Is(err, gateway.ErrNotFound):
		return err
	}
	return c.failed(c.client.Rename(c.at(from), c.at(to)), from) // no links here
}

func (c *sftpConnection) mkdir(name string) error { return c.failed(c.client.Mkdir(c.at(name)), name) }

// failed gives the error of the SDK for the server's word.
func (c *sftpConnection) failed(err error, name string) error {
	var said *sftp.StatusError
	switch {
	case err == nil || c.broken(err):
		return err
	case errors.Is(err, fs.ErrNotExist):
		return notFound(name)
	case errors.Is(err, fs.ErrPermission):
		return gateway.ErrStorage.Wrap(err, fmt.Sprintf("the file server does not allow this on %q", name))
	case errors.As(err, &said):
		return gateway.ErrStorage.Wrap(err, fmt.Sprintf("the file server refused this on %q", name))
	default:
		return err
	}
}
