package files_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path"
	"strings"
	"sync"
	"testing"
)

// ftpServer is an FTP server in a folder of the test's, with the weaknesses that
// servers have.
type ftpServer struct {
	root     *os.Root
	listener net.Listener
	serving  sync.WaitGroup

	noMLST    bool // describes no single file, and lists as ls does
	noReplace bool // renames to no file that exists

	mu       sync.Mutex // guards what follows
	conns    map[net.Conn]struct{}
	override func(command string) string // the answer to a command, "" for the usual one
	logins   int
}

func newFTPServer(t *testing.T) *ftpServer {
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &ftpServer{root: root, listener: listener, conns: map[net.Conn]struct{}{}, override: func(string) string { return "" }}
	s.serving.Go(s.accept)
	t.Cleanup(func() {
		listener.Close()
		s.cut()
		s.serving.Wait()
		root.Close()
	})
	return s
}

func (s *ftpServer) answers(override func(command string) string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.override = override
}

// cut closes every connection.
func (s *ftpServer) cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for conn := range s.conns {
		conn.Close()
	}
}

func (s *ftpServer) fields(more map[string]any) map[string]any {
	config := map[string]any{
		"host": "127.0.0.1", "port": s.listener.Addr().(*net.TCPAddr).Port, "username": "ada", "password": password, "base_path": "base",
	}
	for name, value := range more {
		config[name] = value
	}
	return config
}

func (s *ftpServer) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.conns[conn] = struct{}{}
		s.logins++
		s.mu.Unlock()
		s.serving.Go(func() { (&ftpSession{server: s, control: conn}).serve() })
	}
}

type ftpSession struct {
	server  *ftpServer
	control net.Conn
	data    net.Listener
	from    string // of RNFR
}

func (s *ftpSession) say(format string, args ...any) { fmt.Fprintf(s.control, format+"\r\n", args...) }

func (s *ftpSession) serve() {
	defer s.control.Close()
	defer func() {
		if s.data != nil {
			s.data.Close()
		}
	}()
	s.say("220 ready")
	for in := bufio.NewReader(s.control); ; {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		s.server.mu.Lock()
		answer := s.server.override(line)
		s.server.mu.Unlock()
		if answer != "" {
			s.say("%s", answer)
			if strings.HasPrefix(answer, "421") {
				return
			}
			continue
		}
		verb, argument, _ := strings.Cut(line, " ")
		if verb == "QUIT" {
			s.say("221 bye")
			return
		}
		s.run(verb, strings.TrimPrefix(path.Clean("/"+argument), "/"), argument)
	}
}

// run carries out a command on a path within the root; argument is as it came.
func (s *ftpSession) run(verb, name, argument string) {
	if name == "" {
		name = "."
	}
	root := s.server.root
	switch verb {
	case "USER":
		s.say("331 password?")
	case "PASS":
		if argument != password {
			s.say("530 login incorrect")
			return
		}
		s.say("230 welcome")
	case "FEAT":
		if s.server.noMLST {
			s.say("211-features\r\n UTF8\r\n211 end")
			return
		}
		s.say("211-features\r\n MLST type*;size*;modify*;\r\n UTF8\r\n211 end")
	case "TYPE", "OPTS", "NOOP":
		s.say("200 ok")
	case "PWD":
		s.say("257 \"/\" is it")
	case "CWD":
		info, err := root.Stat(name)
		if err == nil && !info.IsDir() {
			err = errors.New("not a folder")
		}
		s.result(err, "250 ok")
	case "EPSV":
		s.passive()
	case "MLST":
		info, err := root.Stat(name)
		if err != nil {
			s.result(err, "")
			return
		}
		s.say("250-details\r\n %s %s\r\n250 end", facts(info), name)
	case "MLSD", "LIST":
		s.list(verb, name)
	case "RETR":
		s.retrieve(name)
	case "STOR":
		s.store(name)
	case "DELE":
		s.result(root.Remove(name), "250 gone")
	case "RMD":
		s.result(root.Remove(name), "250 gone")
	case "MKD":
		s.result(root.Mkdir(name, 0o755), "257 made")
	case "RNFR":
		_, err := root.Stat(name)
		s.from = name
		s.result(err, "350 to?")
	case "RNTO":
		if _, err := root.Stat(name); err == nil && s.server.noReplace {
			s.say("553 exists")
			return
		}
		s.result(root.Rename(s.from, name), "250 moved")
	default:
		s.say("502 not implemented")
	}
}

func (s *ftpSession) result(err error, success string) {
	switch {
	case err == nil:
		s.say("%s", success)
	case errors.Is(err, fs.ErrNotExist):
		s.say("550 no such file or directory")
	default:
		s.say("550 failure: %s", strings.TrimSpace(err.Error()))
	}
}

func facts(info fs.FileInfo) string {
	kind := "file"
	if info.IsDir() {
		kind = "dir"
	}
	return fmt.Sprintf("type=%s;size=%d;modify=%s;", kind, info.Size(), info.ModTime().UTC().Format("20060102150405"))
}

// passive listens anew: a client that was refused has connected all the same.
func (s *ftpSession) passive() {
	if s.data != nil {
		s.data.Close()
	}
	var err error
	if s.data, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		s.say("425 no")
		return
	}
	s.say("229 passive (|||%d|)", s.data.Addr().(*net.TCPAddr).Port)
}

// transfer runs fn with the data connection.
func (s *ftpSession) transfer(fn func(data net.Conn) error) {
	s.say("150 here it comes")
	conn, err := s.data.Accept()
	if err != nil {
		s.say("425 no")
		return
	}
	s.server.mu.Lock()
	s.server.conns[conn] = struct{}{}
	s.server.mu.Unlock()
	err = fn(conn)
	conn.Close()
	if err != nil {
		s.say("426 broken")
		return
	}
	s.say("226 done")
}

func (s *ftpSession) list(verb, name string) {
	entries, err := fs.ReadDir(s.server.root.FS(), name)
	if err != nil && verb == "MLSD" {
		s.result(err, "")
		return
	}
	if info, statErr := s.server.root.Stat(name); err != nil && statErr == nil { // ls of a file
		entries = []fs.DirEntry{fs.FileInfoToDirEntry(info)}
	}
	s.transfer(func(data net.Conn) error {
		for _, entry := range entries {
			info, err := entry.Info()
			if err != nil {
				continue
			}
			if verb == "MLSD" {
				fmt.Fprintf(data, "%s %s\r\n", facts(info), entry.Name())
				continue
			}
			kind := "-"
			if entry.IsDir() {
				kind = "d"
			}
			fmt.Fprintf(data, "%srw-r--r-- 1 ada ada %d %s %s\r\n", kind, info.Size(), info.ModTime().UTC().Format("Jan _2 15:04"), entry.Name())
		}
		return nil
	})
}

func (s *ftpSession) retrieve(name string) {
	file, err := s.server.root.Open(name)
	if err == nil {
		defer file.Close()
		if info, statErr := file.Stat(); statErr != nil || info.IsDir() {
			err = errors.New("not a plain file")
		}
	}
	if err != nil {
		s.result(err, "")
		return
	}
	s.transfer(func(data net.Conn) error {
		_, err := io.Copy(data, file)
		return err
	})
}

func (s *ftpSession) store(name string) {
	file, err := s.server.root.Create(name)
	if err != nil {
		s.result(err, "")
		return
	}
	defer file.Close()
	s.transfer(func(data net.Conn) error {
		_, err := io.Copy(file, data)
		return err
	})
}
