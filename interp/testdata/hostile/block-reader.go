// A reader that never has anything and never ends, in a loop of compiled code.
//
// Outcome: timeout
package handler

import (
	"io"

	"gateway"
)

type nothing struct{}

func (nothing) Read(p []byte) (int, error) { return 0, nil }

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	data, err := io.ReadAll(nothing{})
	if err != nil {
		return nil, err
	}
	return gateway.Binary(200, data, "text/plain"), nil
}
