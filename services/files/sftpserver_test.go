package files_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"net"
	"os"
	"sync"
	"testing"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
)

const password = "pass-w0rd & more"

// sftpServer is an SFTP server in a folder of the test's.
type sftpServer struct {
	t        *testing.T
	folder   string
	listener net.Listener
	hostKey  ssh.Signer
	config   *ssh.ServerConfig
	serving  sync.WaitGroup

	mu     sync.Mutex // guards what follows
	conns  map[net.Conn]struct{}
	logins int
}

func newKey(t testing.TB) (ssh.Signer, ed25519.PrivateKey) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return signer, private
}

// pemOf writes a private key.
func pemOf(t testing.TB, key ed25519.PrivateKey) string {
	block, err := ssh.MarshalPrivateKey(key, "")
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(block))
}

// passphrase is that of testdata/encrypted_key. The key is encrypted with one
// round of its slow function, as the tests would otherwise take minutes.
const passphrase = "open sesame"

// encryptedKey gives a private key, and how it is written in its file.
func encryptedKey(t testing.TB) (ssh.Signer, ed25519.PrivateKey, string) {
	data, err := os.ReadFile("testdata/encrypted_key")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := ssh.ParseRawPrivateKeyWithPassphrase(data, []byte(passphrase))
	if err != nil {
		t.Fatal(err)
	}
	key := *raw.(*ed25519.PrivateKey)
	signer, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return signer, key, string(data)
}

// newSFTPServer lets ada in, with the password or with a key.
func newSFTPServer(t *testing.T, allowed ssh.PublicKey) *sftpServer {
	s := &sftpServer{t: t, folder: t.TempDir(), conns: map[net.Conn]struct{}{}}
	s.hostKey, _ = newKey(t)
	s.config = &ssh.ServerConfig{
		PasswordCallback: func(c ssh.ConnMetadata, given []byte) (*ssh.Permissions, error) {
			if c.User() == "ada" && string(given) == password {
				return nil, nil
			}
			return nil, errors.New("wrong password")
		},
		PublicKeyCallback: func(c ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
			if c.User() == "ada" && allowed != nil && string(key.Marshal()) == string(allowed.Marshal()) {
				return nil, nil
			}
			return nil, errors.New("unknown key")
		},
	}
	s.config.AddHostKey(s.hostKey)
	s.listen("127.0.0.1:0")
	t.Cleanup(s.stop)
	return s
}

func (s *sftpServer) listen(address string) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		s.t.Fatal(err)
	}
	s.listener = listener
	s.serving.Go(func() { s.accept(listener) })
}

// stop closes the server and every connection.
func (s *sftpServer) stop() {
	s.listener.Close()
	s.cut()
	s.serving.Wait()
}

// cut closes every connection.
func (s *sftpServer) cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for conn := range s.conns {
		conn.Close()
	}
}

func (s *sftpServer) accept(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.conns[conn] = struct{}{}
		s.logins++
		s.mu.Unlock()
		s.serving.Go(func() { s.serve(conn) })
	}
}

func (s *sftpServer) serve(conn net.Conn) {
	defer conn.Close()
	shell, channels, requests, err := ssh.NewServerConn(conn, s.config)
	if err != nil {
		return
	}
	defer shell.Close()
	s.serving.Go(func() { ssh.DiscardRequests(requests) })
	for offered := range channels {
		channel, requests, err := offered.Accept()
		if err != nil {
			return
		}
		s.serving.Go(func() {
			for request := range requests {
				_ = request.Reply(request.Type == "subsystem", nil)
			}
		})
		s.serving.Go(func() {
			server, err := sftp.NewServer(channel, sftp.WithServerWorkingDirectory(s.folder))
			if err == nil {
				_ = server.Serve()
			}
			channel.Close()
		})
	}
}

// fields is the configuration of a service on the server, with more or other fields.
func (s *sftpServer) fields(more map[string]any) map[string]any {
	config := map[string]any{
		"host": "127.0.0.1", "port": s.listener.Addr().(*net.TCPAddr).Port, "protocol": "sftp", "username": "ada", "password": password,
		"host_key": string(ssh.MarshalAuthorizedKey(s.hostKey.PublicKey())), "base_path": s.folder + "/base",
	}
	for name, value := range more {
		if config[name] = value; value == nil {
			delete(config, name)
		}
	}
	return config
}
