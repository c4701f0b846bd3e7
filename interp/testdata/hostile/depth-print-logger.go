// A map that contains itself, in a log of the script's own.
//
// Outcome: panic stack overflow
package handler

import (
	"io"
	"log"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	data := map[string]any{"n": 1}
	data["self"] = data
	logger := log.New(io.Discard, "", 0)
	logger.Printf("data %v", data)
	return gateway.Text(200, "logged"), nil
}
