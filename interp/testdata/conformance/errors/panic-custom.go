package main

import "fmt"

type MyErr struct{ Code int }

func (m MyErr) Error() string { return fmt.Sprint("code", m.Code) }
func main() {
	defer func() {
		r := recover()
		if e, ok := r.(error); ok {
			fmt.Println("err", e.Error())
		}
		if e, ok := r.(MyErr); ok {
			fmt.Println("my", e.Code)
		}
	}()
	panic(MyErr{4})
}

// Output:
// err code4
// my 4
