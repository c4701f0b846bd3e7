// A MarshalJSON method that encodes itself.
//
// Outcome: panic stack overflow
package handler

import (
	"encoding/json"

	"gateway"
)

type itself struct{}

func (i itself) MarshalJSON() ([]byte, error) { return json.Marshal(i) }

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	data, err := json.Marshal(itself{})
	if err != nil {
		return nil, err
	}
	return gateway.Text(200, string(data)), nil
}
