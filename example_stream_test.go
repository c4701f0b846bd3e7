package gateway_test

import (
	"fmt"
	"os"
	"time"

	"gateway"
)

// send prints the body of a streaming response as a client would receive it.
func send(r *gateway.Response) {
	if err := r.WriteStream(os.Stdout, func() error { return nil }); err != nil {
		fmt.Println("cut off:", err)
	}
}

func ExampleStream() {
	r := gateway.Stream("text/csv", func(w *gateway.StreamWriter) error {
		for i := range 3 {
			if _, err := fmt.Fprintf(w, "%d,%d\n", i, i*i); err != nil {
				return err // the client has gone
			}
		}
		return nil
	})
	send(r)
	// Output:
	// 0,0
	// 1,1
	// 2,4
}

func ExampleEvents() {
	r := gateway.Events(func(events *gateway.EventWriter) error {
		if err := events.Send(gateway.Event{Name: "price", Data: "9.99"}); err != nil {
			return err
		}
		return events.SendJSON("stock", map[string]int{"left": 2})
	})
	fmt.Println(r.Headers.Get("Content-Type"))
	send(r)
	// Output:
	// text/event-stream
	// event: price
	// data: 9.99
	//
	// event: stock
	// data: {"left":2}
}

func ExampleResponse_Streaming() {
	nothing := func(*gateway.StreamWriter) error { return nil }
	fmt.Println(gateway.Stream("text/plain", nothing).Streaming(), gateway.OK(1).Streaming())
	// Output: true false
}

func ExampleResponse_WriteStream() {
	r := gateway.Stream("text/plain", func(w *gateway.StreamWriter) error {
		_, err := w.WriteString("written when it is served")
		return err
	})
	err := r.WriteStream(os.Stdout, func() error { return nil })
	fmt.Println("", err)
	// Output: written when it is served <nil>
}

func ExampleStreamWriter() {
	send(gateway.Stream("text/plain", func(w *gateway.StreamWriter) error {
		_, err := fmt.Fprintln(w, "any io.Writer will do")
		return err
	}))
	// Output: any io.Writer will do
}

func ExampleStreamWriter_Write() {
	send(gateway.Stream("application/octet-stream", func(w *gateway.StreamWriter) error {
		_, err := w.Write([]byte("bytes"))
		return err
	}))
	// Output: bytes
}

func ExampleStreamWriter_WriteString() {
	send(gateway.Stream("text/plain", func(w *gateway.StreamWriter) error {
		_, err := w.WriteString("text")
		return err
	}))
	// Output: text
}

func ExampleStreamWriter_Flush() {
	send(gateway.Stream("text/plain", func(w *gateway.StreamWriter) error {
		if _, err := w.WriteString("first half, "); err != nil {
			return err
		}
		if err := w.Flush(); err != nil { // the client has it from here on
			return err
		}
		_, err := w.WriteString("second half")
		return err
	}))
	// Output: first half, second half
}

func ExampleEvent() {
	send(gateway.Events(func(events *gateway.EventWriter) error {
		return events.Send(gateway.Event{ID: "7", Name: "note", Data: "two\nlines", Retry: 3 * time.Second})
	}))
	// Output:
	// id: 7
	// event: note
	// retry: 3000
	// data: two
	// data: lines
}

func ExampleEventWriter() {
	send(gateway.Events(func(events *gateway.EventWriter) error {
		for i := range 2 {
			if err := events.Send(gateway.Event{Data: fmt.Sprint("tick ", i)}); err != nil {
				return err // the client has gone
			}
		}
		return nil
	}))
	// Output:
	// data: tick 0
	//
	// data: tick 1
}

func ExampleEventWriter_Send() {
	send(gateway.Events(func(events *gateway.EventWriter) error {
		return events.Send(gateway.Event{Data: "hello"})
	}))
	// Output: data: hello
}

func ExampleEventWriter_SendJSON() {
	send(gateway.Events(func(events *gateway.EventWriter) error {
		return events.SendJSON("point", map[string]int{"x": 1, "y": 2})
	}))
	// Output:
	// event: point
	// data: {"x":1,"y":2}
}

func ExampleEventWriter_Comment() {
	send(gateway.Events(func(events *gateway.EventWriter) error {
		return events.Comment("still here")
	}))
	// Output: : still here
}
