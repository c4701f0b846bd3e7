// Data that contains itself, encoded.
//
// Outcome: error encountered a cycle
package handler

import (
	"encoding/json"

	"gateway"
)

type node struct{ Next *node }

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	n := &node{}
	n.Next = n
	_, err := json.Marshal(n)
	return nil, err
}
