package main

import (
	"errors"
	"fmt"
	"strings"
)

type broken struct{ reason any }

func (b broken) String() string { panic(b.reason) }

type nilSafe struct{ name string }

func (n *nilSafe) String() string { return "name " + n.name }

type brokenError int

func (e brokenError) Error() string {
	if e > 2 {
		panic(fmt.Sprint("too large: ", int(e)))
	}
	return strings.Repeat("!", int(e))
}

type brokenFormat struct{}

func (brokenFormat) Format(s fmt.State, verb rune) {
	s.Write([]byte("partial "))
	panic(errors.New("in Format"))
}

type brokenGo struct{}

func (brokenGo) GoString() string { panic("in GoString") }

func main() {
	format := func(f string, args ...any) { fmt.Printf("%q\n", fmt.Sprintf(f, args...)) }
	format("%d %s %t", "text", 5, 1.5)
	format("%d", []any{1, "a", nil})
	format("%s", map[string]int{"k": 1})
	format("%x", struct{ B bool }{true})
	format("%z %!", 1)
	format("%d %d", 1)
	format("%d", 1, 2, "extra")
	format("%[3]d %[1]d", 1, 2)
	format("%[x]d %[0]d", 1)
	format("%*d", "w", 3)
	format("%.*f", -1, 2.5)
	format("%s", error(nil))
	format("%s %v %d", nil, nil, nil)
	format("%", 1)
	format("100%%")
	format("%c %U %c", 'x', 0x1F600, -1)
	format("%v", broken{"reason"})
	format("%s and %v", broken{errors.New("wrapped")}, []broken{{1}})
	format("%d", broken{"not called"})
	format("%v %+v", (*nilSafe)(nil), &nilSafe{"x"})
	format("%s", []*nilSafe{{"y"}})
	format("%v %v", brokenError(2), brokenError(3))
	format("%v|", brokenFormat{})
	format("%#v %v", brokenGo{}, brokenGo{})
	format("%w", errors.New("w outside Errorf"))
	fmt.Println(fmt.Errorf("%w and %d", "not an error", "x"))
	fmt.Println(errors.Unwrap(fmt.Errorf("%w", nil)))
	fmt.Println(fmt.Sprint(broken{"print"}), broken{nil})
}

// Output:
// "%!d(string=text) %!s(int=5) %!t(float64=1.5)"
// "[1 %!d(string=a) <nil>]"
// "map[k:%!s(int=1)]"
// "{%!x(bool=true)}"
// "%!z(int=1) %!!(MISSING)"
// "1 %!d(MISSING)"
// "1%!(EXTRA int=2, string=extra)"
// "%!d(BADINDEX) 1"
// "%!d(BADINDEX) %!d(BADINDEX)"
// "%!(BADWIDTH)3"
// "%!(BADPREC)2.500000"
// "%!s(<nil>)"
// "%!s(<nil>) <nil> %!d(<nil>)"
// "%!(NOVERB)%!(EXTRA int=1)"
// "100%"
// "x U+1F600 �"
// "%!v(PANIC=String method: reason)"
// "%!s(PANIC=String method: wrapped) and [%!v(PANIC=String method: 1)]"
// "{%!d(string=not called)}"
// "<nil> name x"
// "[name y]"
// "!! %!v(PANIC=Error method: too large: 3)"
// "partial %!v(PANIC=Format method: in Format)|"
// "%!v(PANIC=GoString method: in GoString) {}"
// "%!w(*errors.errorString=&{w outside Errorf})"
// %!w(string=not an error) and %!d(string=x)
// <nil>
// %!v(PANIC=String method: print) %!v(PANIC=String method: panic called with nil argument)
