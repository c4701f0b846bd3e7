package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

type State int

const (
	Draft State = iota
	Placed
	Paid
	Shipped
	Cancelled
)

func (s State) String() string {
	return [...]string{Draft: "draft", Placed: "placed", Paid: "paid", Shipped: "shipped", Cancelled: "cancelled"}[s]
}

type Event string

type Guard func(*Order) error

type Action func(*Order)

type transition struct {
	to     State
	guards []Guard
	action Action
}

type key struct {
	from State
	on   Event
}

type Machine struct {
	table map[key]transition
	hooks map[State][]Action
}

type Order struct {
	State   State
	Total   int
	Paid    int
	Lines   []string
	History []string
}

type TransitionError struct {
	From State
	On   Event
	Err  error
}

func (e TransitionError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("%v does not take %q", e.From, e.On)
	}
	return fmt.Sprintf("%v on %q: %v", e.From, e.On, e.Err)
}

func (e TransitionError) Unwrap() error { return e.Err }

type builder struct {
	m    *Machine
	from []State
}

func (m *Machine) From(states ...State) builder { return builder{m, states} }

func (b builder) On(e Event, to State, opts ...any) builder {
	t := transition{to: to}
	for _, o := range opts {
		switch o := o.(type) {
		case Guard:
			t.guards = append(t.guards, o)
		case func(*Order) error:
			t.guards = append(t.guards, o)
		case Action:
			t.action = o
		case func(*Order):
			t.action = o
		default:
			panic(fmt.Sprintf("option %T", o))
		}
	}
	for _, s := range b.from {
		b.m.table[key{s, e}] = t
	}
	return b
}

func (m *Machine) Enter(s State, a Action) { m.hooks[s] = append(m.hooks[s], a) }

func (m *Machine) Fire(o *Order, e Event) error {
	t, ok := m.table[key{o.State, e}]
	if !ok {
		return TransitionError{From: o.State, On: e}
	}
	for _, g := range t.guards {
		if err := g(o); err != nil {
			return TransitionError{o.State, e, err}
		}
	}
	if t.action != nil {
		t.action(o)
	}
	o.History = append(o.History, fmt.Sprint(o.State, "->", t.to))
	o.State = t.to
	for _, h := range m.hooks[t.to] {
		h(o)
	}
	return nil
}

func (m *Machine) Events(s State) (out []Event) {
	for k := range m.table {
		if k.from == s {
			out = append(out, k.on)
		}
	}
	slices.Sort(out)
	return
}

func (m *Machine) Dot() string {
	var edges []string
	for k, t := range m.table {
		edges = append(edges, fmt.Sprintf("%v -> %v [%s]", k.from, t.to, k.on))
	}
	slices.Sort(edges)
	return strings.Join(edges, "\n")
}

var errEmpty, errUnpaid = errors.New("order is empty"), errors.New("not fully paid")

func main() {
	m := &Machine{map[key]transition{}, map[State][]Action{}}
	notEmpty := Guard(func(o *Order) error {
		if len(o.Lines) == 0 {
			return errEmpty
		}
		return nil
	})
	var mails []string
	m.From(Draft).
		On("add", Draft, func(o *Order) { o.Lines = append(o.Lines, "item"); o.Total += 10 }).
		On("place", Placed, notEmpty)
	m.From(Placed).On("pay", Paid, notEmpty, func(o *Order) error {
		if o.Paid < o.Total {
			return fmt.Errorf("%d of %d: %w", o.Paid, o.Total, errUnpaid)
		}
		return nil
	})
	m.From(Paid).On("ship", Shipped, Action(func(o *Order) { mails = append(mails, "on its way") }))
	m.From(Draft, Placed, Paid).On("cancel", Cancelled)
	m.Enter(Cancelled, func(o *Order) { mails = append(mails, fmt.Sprint("refund ", o.Paid)); o.Paid = 0 })
	m.Enter(Paid, func(o *Order) { mails = append(mails, "thanks") })
	o := &Order{}
	for _, e := range []Event{"place", "add", "add", "place", "add", "pay", "ship"} {
		fmt.Println(e, m.Fire(o, e), o.State)
	}
	o.Paid = 20
	err := m.Fire(o, "pay")
	fmt.Println(err, m.Fire(o, "ship"), m.Fire(o, "cancel"), o.History)
	other := &Order{State: Placed, Lines: []string{"x"}, Total: 5, Paid: 3}
	err = m.Fire(other, "pay")
	var te TransitionError
	fmt.Println(errors.Is(err, errUnpaid), errors.As(err, &te), te.On, m.Fire(other, "cancel"), other.Paid, mails)
	fmt.Println(m.Events(Draft), m.Events(Shipped) == nil)
	fmt.Println(m.Dot())
	func() {
		defer func() { fmt.Println(recover()) }()
		m.From(Draft).On("bad", Paid, 5)
	}()
}

// Output:
// place draft on "place": order is empty draft
// add <nil> draft
// add <nil> draft
// place <nil> placed
// add placed does not take "add" placed
// pay placed on "pay": 0 of 20: not fully paid placed
// ship placed does not take "ship" placed
// <nil> <nil> shipped does not take "cancel" [draft->draft draft->draft draft->placed placed->paid paid->shipped]
// true true pay <nil> 0 [thanks on its way refund 3]
// [add cancel place] true
// draft -> cancelled [cancel]
// draft -> draft [add]
// draft -> placed [place]
// paid -> cancelled [cancel]
// paid -> shipped [ship]
// placed -> cancelled [cancel]
// placed -> paid [pay]
// option int
