// A map that contains itself, in a structured log.
//
// Outcome: panic stack overflow
package handler

import (
	"io"
	"log/slog"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	data := map[string]any{"n": 1}
	data["self"] = data
	logger := slog.New(slog.NewTextHandler(io.Discard, nil))
	logger.Info("here", "data", data)
	return gateway.Text(200, "logged"), nil
}
