// Package handler sums up orders: money and states with text of their own, generic
// helpers, and errors that carry what is wrong.
//
//	gateway deploy examples/orders/handler.go --route "POST /orders/summary"
//	curl -X POST http://localhost:9080/orders/summary -d '[
//	  {"id": "a1", "customer": "ada", "status": "paid",    "total": "19.99"},
//	  {"id": "a2", "customer": "bob", "status": "pending", "total": "5.01"},
//	  {"id": "a3", "customer": "ada", "status": "paid",    "total": "0.50"}]'
package handler

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gateway"
)

// Money is an amount in cents. In JSON it is text with two decimals, because a
// floating-point number cannot hold cents.
type Money int64

func (m Money) String() string {
	sign := ""
	if m < 0 {
		sign, m = "-", -m
	}
	return fmt.Sprintf("%s%d.%02d", sign, m/100, m%100)
}

// MarshalText makes Money text in JSON, as a value and as a key.
func (m Money) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (m *Money) UnmarshalText(text []byte) error {
	units, cents, ok := strings.Cut(string(text), ".")
	u, err := strconv.ParseUint(units, 10, 32)
	c, err2 := strconv.ParseUint(cents, 10, 8)
	if !ok || len(cents) != 2 || errors.Join(err, err2) != nil {
		return &AmountError{string(text)}
	}
	*m = Money(u*100 + c)
	return nil
}

// AmountError is a text that is no amount of money.
type AmountError struct{ Text string }

func (e *AmountError) Error() string { return fmt.Sprintf("%q is no amount such as 19.99", e.Text) }

// Status is where an order stands. In JSON it is its name.
type Status int

const (
	Pending Status = iota
	Paid
	Cancelled
)

var statusNames = [...]string{Pending: "pending", Paid: "paid", Cancelled: "cancelled"}

func (s Status) String() string { return statusNames[s] }

func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// ErrStatus is a status that does not exist.
var ErrStatus = errors.New("the status is pending, paid or cancelled")

func (s *Status) UnmarshalText(text []byte) error {
	i := slices.Index(statusNames[:], string(text))
	if i < 0 {
		return fmt.Errorf("%q: %w", text, ErrStatus)
	}
	*s = Status(i)
	return nil
}

// Order is what a customer bought.
type Order struct {
	ID       string `json:"id"`
	Customer string `json:"customer"`
	Status   Status `json:"status"`
	Total    Money  `json:"total"`
	Note     string `json:"note,omitempty"`
}

// group collects values by a key.
func group[K comparable, V any](values iter.Seq[V], key func(V) K) map[K][]V {
	groups := make(map[K][]V)
	for v := range values {
		groups[key(v)] = append(groups[key(v)], v)
	}
	return groups
}

// sum adds up what f makes of each value.
func sum[V any, N ~int | ~int64](values []V, f func(V) N) (total N) {
	for _, v := range values {
		total += f(v)
	}
	return total
}

// where are the values for which keep holds.
func where[V any](values []V, keep func(V) bool) iter.Seq[V] {
	return func(yield func(V) bool) {
		for _, v := range values {
			if keep(v) && !yield(v) {
				return
			}
		}
	}
}

// customer is one line of the summary.
type customer struct {
	Name   string `json:"name"`
	Orders int    `json:"orders"`
	Spent  Money  `json:"spent"`
	Best   *Order `json:"best,omitzero"`
}

// Handle answers what each customer has paid, the best customer first.
func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	orders, err := decode(req.Body)
	if err != nil {
		return nil, err
	}
	total := func(o Order) Money { return o.Total }
	paid := group(where(orders, func(o Order) bool { return o.Status == Paid }), func(o Order) string { return o.Customer })

	var customers []customer
	for _, name := range slices.Sorted(maps.Keys(paid)) {
		best := slices.MaxFunc(paid[name], func(a, b Order) int { return cmp.Compare(a.Total, b.Total) })
		customers = append(customers, customer{name, len(paid[name]), sum(paid[name], total), &best})
	}
	slices.SortStableFunc(customers, func(a, b customer) int { return cmp.Compare(b.Spent, a.Spent) })

	byStatus := make(map[Status]Money)
	for status, list := range group(slices.Values(orders), func(o Order) Status { return o.Status }) {
		byStatus[status] = sum(list, total)
	}
	return gateway.OK(struct {
		Customers []customer       `json:"customers"`
		ByStatus  map[Status]Money `json:"by_status"`
	}{customers, byStatus}), nil
}

// decode reads the orders and says what is wrong with them.
func decode(body []byte) ([]Order, error) {
	var orders []Order
	err := json.Unmarshal(body, &orders)
	var amount *AmountError
	switch {
	case errors.As(err, &amount):
		return nil, gateway.ErrValidation.Newf("total: %v", amount)
	case errors.Is(err, ErrStatus):
		return nil, gateway.ErrValidation.Newf("status: %v", err)
	case err != nil:
		return nil, gateway.ErrBadRequest.Wrap(err, "send a list of orders")
	}
	for i, o := range orders {
		if strings.TrimSpace(o.ID) == "" {
			return nil, gateway.ErrValidation.Newf("order %d has no id", i+1)
		}
	}
	return orders, nil
}
