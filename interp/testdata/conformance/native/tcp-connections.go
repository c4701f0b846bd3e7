package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"time"
)

type logged struct {
	*net.TCPConn
	n int
}

func (l *logged) Write(p []byte) (int, error) {
	l.n += len(p)
	return l.TCPConn.Write(p)
}

type plain struct{ *net.TCPConn }
type value struct{ net.TCPConn }

func serve(l *net.TCPListener, done chan<- error) {
	c, err := l.AcceptTCP()
	if err != nil {
		done <- err
		return
	}
	defer c.Close()
	sc := bufio.NewScanner(c)
	for sc.Scan() {
		if _, err := fmt.Fprintf(c, "echo %s\n", sc.Text()); err != nil {
			done <- err
			return
		}
	}
	done <- sc.Err()
}

func main() {
	l, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer l.Close()
	done := make(chan error)
	go serve(l, done)
	c, err := net.DialTCP("tcp", nil, l.Addr().(*net.TCPAddr))
	fmt.Println(err, c.SetDeadline(time.Now().Add(5*time.Second)), c.RemoteAddr().String() == l.Addr().String())
	defer c.Close()
	lc := &logged{TCPConn: c}
	r := bufio.NewReader(lc)
	for _, w := range []io.Writer{c, lc, plain{c}, &plain{c}} {
		fmt.Fprintf(w, "%T\n", w)
		line, err := r.ReadString('\n')
		fmt.Printf("%q %v\n", line, err)
	}
	write, closeConn := c.Write, lc.Close
	fmt.Println(write([]byte("value\n")))
	fmt.Println((*net.TCPConn).Write(c, []byte("expr\n")))
	fmt.Println((*logged).Write(lc, []byte("mine\n")))
	var conn net.Conn = plain{c}
	fmt.Println(conn.Write([]byte("conn\n")))
	buf := make([]byte, 12)
	fmt.Println(io.ReadFull(lc, buf))
	fmt.Println(c.CloseWrite(), <-done)
	rest, err := io.ReadAll(conn)
	fmt.Printf("%q %q %v %d\n", buf, rest, err, lc.n)
	fmt.Println(closeConn(), c.Close() != nil)
	fmt.Println(lc.LocalAddr() != nil, plain{c}.LocalAddr().Network())
	var v value
	_, err = v.Write(nil)
	fmt.Println(err, v.Close())
	func() {
		defer func() { fmt.Println(recover()) }()
		var p plain
		p.Close()
		fmt.Println("nil conn closed")
	}()
}

// Output:
// <nil> <nil> true
// "echo *net.TCPConn\n" <nil>
// "echo *main.logged\n" <nil>
// "echo main.plain\n" <nil>
// "echo *main.plain\n" <nil>
// 6 <nil>
// 5 <nil>
// 5 <nil>
// 5 <nil>
// 12 <nil>
// <nil> <nil>
// "echo value\ne" "cho expr\necho mine\necho conn\n" <nil> 18
// <nil> true
// true tcp
// invalid argument invalid argument
// runtime error: invalid memory address or nil pointer dereference
