package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

type Command interface {
	Do(*Editor) error
	Undo(*Editor)
}

type Editor struct {
	text   []rune
	cursor int
	done   []Command
	undone []Command
}

type insert struct {
	at   int
	text []rune
}

func Insert(at int, s string) Command { return &insert{at, []rune(s)} }

func (i *insert) Do(e *Editor) error {
	if i.at < 0 || i.at > len(e.text) {
		return fmt.Errorf("insert at %d of %d", i.at, len(e.text))
	}
	e.text = slices.Insert(e.text, i.at, i.text...)
	e.cursor = i.at + len(i.text)
	return nil
}

func (i *insert) Undo(e *Editor) {
	e.text = slices.Delete(e.text, i.at, i.at+len(i.text))
	e.cursor = i.at
}

type remove struct {
	from, to int
	cut      []rune
}

func (r *remove) Do(e *Editor) error {
	if r.from > r.to || r.to > len(e.text) {
		return fmt.Errorf("remove [%d:%d] of %d", r.from, r.to, len(e.text))
	}
	r.cut = slices.Clone(e.text[r.from:r.to])
	e.text = slices.Delete(e.text, r.from, r.to)
	e.cursor = r.from
	return nil
}

func (r *remove) Undo(e *Editor) { e.text = slices.Insert(e.text, r.from, r.cut...) }

type macro []Command

func (m macro) Do(e *Editor) error {
	for i, c := range m {
		if err := c.Do(e); err != nil {
			m[:i].Undo(e)
			return fmt.Errorf("macro step %d: %w", i+1, err)
		}
	}
	return nil
}

func (m macro) Undo(e *Editor) {
	for _, c := range slices.Backward(m) {
		c.Undo(e)
	}
}

func (e *Editor) Run(cs ...Command) error {
	for _, c := range cs {
		if err := c.Do(e); err != nil {
			return err
		}
		e.done, e.undone = append(e.done, c), nil
	}
	return nil
}

func move(e *Editor, from, to *[]Command, apply func(Command) error) bool {
	n := len(*from)
	if n == 0 {
		return false
	}
	c := (*from)[n-1]
	*from = (*from)[:n-1]
	if apply(c) == nil {
		*to = append(*to, c)
	}
	return true
}

func (e *Editor) Undo() bool {
	return move(e, &e.done, &e.undone, func(c Command) error { c.Undo(e); return nil })
}

func (e *Editor) Redo() bool {
	return move(e, &e.undone, &e.done, func(c Command) error { return c.Do(e) })
}

func (e *Editor) String() string { return fmt.Sprintf("%s@%d", string(e.text), e.cursor) }

type Step[S any] struct {
	Name       string
	Run        func(*S) error
	Compensate func(*S) error
}

type SagaError struct {
	Step  string
	Cause error
	Undo  []error
}

func (e *SagaError) Error() string {
	s := "step " + e.Step + ": " + e.Cause.Error()
	for _, u := range e.Undo {
		s += "; undo: " + u.Error()
	}
	return s
}

func (e *SagaError) Unwrap() []error { return append([]error{e.Cause}, e.Undo...) }

func RunSaga[S any](state *S, steps ...Step[S]) (err error) {
	var undo []Step[S]
	for _, s := range steps {
		if cause := s.Run(state); cause != nil {
			e := &SagaError{Step: s.Name, Cause: cause}
			for _, u := range slices.Backward(undo) {
				if err := u.Compensate(state); err != nil {
					e.Undo = append(e.Undo, fmt.Errorf("%s: %w", u.Name, err))
				}
			}
			return e
		}
		if s.Compensate != nil {
			undo = append(undo, s)
		}
	}
	return nil
}

type booking struct {
	log   []string
	seats int
}

var errPayment, errStuck = errors.New("card declined"), errors.New("stuck")

func main() {
	e := &Editor{}
	fmt.Println(e.Run(Insert(0, "hello wörld"), &remove{from: 5, to: 11}, Insert(5, " there")), e)
	fmt.Println(e.Undo(), e, e.Undo(), e, e.Redo(), e)
	fmt.Println(e.Run(macro{Insert(0, ">> "), &remove{from: 3, to: 4}, Insert(3, "H")}), e, e.Redo())
	fmt.Println(e.Run(macro{Insert(0, "x"), macro{Insert(1, "y"), &remove{from: 9, to: 99}}}), e)
	for e.Undo() {
	}
	fmt.Println(e, len(e.undone), e.Run(Insert(7, "!")))
	note := func(s string, err error) func(*booking) error {
		return func(b *booking) error { b.log = append(b.log, s); return err }
	}
	steps := []Step[booking]{
		{"reserve", func(b *booking) error { b.seats--; return nil }, func(b *booking) error { b.seats++; return nil }},
		{"hotel", note("hotel", nil), note("cancel hotel", errStuck)},
		{Name: "mail", Run: note("mail", nil)},
		{"pay", note("pay", errPayment), note("never", nil)},
	}
	b := booking{seats: 5}
	err := RunSaga(&b, steps...)
	var se *SagaError
	fmt.Println(err, errors.Is(err, errPayment), errors.Is(err, errStuck), errors.As(err, &se) && se.Step == "pay")
	fmt.Println(b.seats, strings.Join(b.log, ","))
	fmt.Println(RunSaga(&b, steps[:3]...), b.seats, len(b.log))
}

// Output:
// <nil> hello there@11
// true hello@5 true hello@5 true hello@5
// <nil> >> Hello@4 false
// macro step 2: macro step 2: remove [9:99] of 10 >> Hello@0
// @0 3 insert at 7 of 0
// step pay: card declined; undo: hotel: stuck true true true
// 5 hotel,mail,pay,cancel hotel
// <nil> 4 6
